"""Hold what every platform takes, one TOML file a platform; `assetgen.placement` reads them."""
