#pragma once
// LANEWISE_API marks what the shared library exports; everything else is hidden.

#if defined(__GNUC__)
#define LANEWISE_API __attribute__((visibility("default")))
#else
#define LANEWISE_API
#endif
