"""Read a campaign file, and turn it and its data into the records of which assets are made."""

from assetgen.campaign.file import Campaign
from assetgen.campaign.records import Given, records_of
from assetgen.campaign.select import select_rows

__all__ = ["Campaign", "Given", "records_of", "select_rows"]
