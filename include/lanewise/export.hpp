#pragma once
// LANEWISE_API marks what the shared library exports; everything else is hidden. LANEWISE_LIFETIME_BOUND marks what an object views and does not keep.

#if defined(__GNUC__)
#define LANEWISE_API __attribute__((visibility("default")))
#else
#define LANEWISE_API
#endif

#if defined(__clang__)
#define LANEWISE_LIFETIME_BOUND [[clang::lifetimebound]]
#else
#define LANEWISE_LIFETIME_BOUND
#endif
