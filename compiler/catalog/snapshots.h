/* The tables that tables.awk makes of data/: the snapshots, oldest first. */
#ifndef CATALOG_SNAPSHOTS_H
#define CATALOG_SNAPSHOTS_H

#include "catalog.h"

extern const Catalog *const catalog_snapshots[];
extern const size_t catalog_snapshot_count;

/* The words that some major does not always take for a name, sorted by their bytes. */
extern const Str catalog_reserved[];
extern const size_t catalog_reserved_count;

#endif
