"""Template filters: `{{ value | rupiah }}` calls `apply(value, kit, …)` of the module `rupiah`."""
