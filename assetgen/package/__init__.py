"""Take finished assets and give what people receive: folders of files, a manifest, and a contact sheet to review."""

from assetgen.counting import count_text
from assetgen.package.asset import Asset, DataFile, Failure, Provenance, collect_facts, failure_of, kit_hash, post_text
from assetgen.package.folder import OutputFolder, describe_package, stale_files, write_package
from assetgen.package.gallery import write_gallery
from assetgen.package.manifest import SCHEMA, Entry, Manifest, read_manifest
from assetgen.package.marks import with_marks
from assetgen.package.names import package_folder, safe_slug, unique_slugs
from assetgen.package.repairs import with_repairs

__all__ = [
    "SCHEMA",
    "Asset",
    "DataFile",
    "Entry",
    "Failure",
    "Manifest",
    "OutputFolder",
    "Provenance",
    "collect_facts",
    "count_text",
    "describe_package",
    "failure_of",
    "kit_hash",
    "package_folder",
    "post_text",
    "read_manifest",
    "safe_slug",
    "stale_files",
    "unique_slugs",
    "with_marks",
    "with_repairs",
    "write_gallery",
    "write_package",
]
