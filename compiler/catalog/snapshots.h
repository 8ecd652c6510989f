/* The tables that tables.awk makes of data/: the snapshots, oldest first. */
#ifndef CATALOG_SNAPSHOTS_H
#define CATALOG_SNAPSHOTS_H

#include "catalog.h"

extern const Catalog *const catalog_snapshots[];
extern const size_t catalog_snapshot_count;

#endif
