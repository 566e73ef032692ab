# Runs the checksums of test_property once for each CPU target and compares them.
#
#   cmake -DPROGRAM=test_property -DTARGETS="x86-64-v3;x86-64-v4" -DROWS="exact|bounded" -P compare_targets.cmake
#
# ROWS says which lines must agree: those of exact functions do on every target, those with an error bound on targets with fused
# multiply-add. Prints "skipped" when this machine can run fewer than two of the targets.

set(compared "")
set(compared_count 0)
foreach(target ${TARGETS})
  set(ENV{LANEWISE_TARGET} ${target})
  execute_process(COMMAND ${PROGRAM} --gtest_filter=Checksums.OfThisTarget OUTPUT_VARIABLE output ERROR_VARIABLE errors RESULT_VARIABLE status)
  if(output MATCHES "SKIPPED")
    continue()
  endif()
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${target}: ${output}${errors}")
  endif()
  string(REGEX MATCHALL "checksum (${ROWS}) [^\n]*" lines "${output}")
  if(lines STREQUAL "")
    message(FATAL_ERROR "${target}: no checksums in\n${output}")
  endif()
  if(NOT compared STREQUAL "" AND NOT lines STREQUAL expected)
    set(different ${lines})
    list(REMOVE_ITEM different ${expected})
    list(JOIN different "\n  " different)
    message(FATAL_ERROR "${target} differs from ${compared} in\n  ${different}")
  endif()
  set(expected ${lines})
  set(compared ${target})
  math(EXPR compared_count "${compared_count} + 1")
endforeach()
if(compared_count LESS 2)
  message("skipped: this machine runs fewer than two of ${TARGETS}")
endif()
