# SPDX-License-Identifier: Apache-2.0
#
# Finds what eigenmata links with. Used by the build and, installed, by whoever calls find_package(eigenmata).
#
# GMP, MPFR, FLINT, Arb, antic and Calcium ship no CMake files. They are wrapped in targets of our own, so that no full
# path of this machine ends up in the exported ones.

function(eigenmata_wrap name header library)
  if(TARGET eigenmata::${name})
    return()
  endif()
  find_path(EIGENMATA_${name}_INCLUDE ${header})
  find_library(EIGENMATA_${name}_LIBRARY ${library})
  mark_as_advanced(EIGENMATA_${name}_INCLUDE EIGENMATA_${name}_LIBRARY)
  if(NOT EIGENMATA_${name}_INCLUDE OR NOT EIGENMATA_${name}_LIBRARY)
    message(FATAL_ERROR "eigenmata needs ${library} with its header ${header}; scripts/setup.sh installs it")
  endif()
  add_library(eigenmata::${name} INTERFACE IMPORTED)
  target_include_directories(eigenmata::${name} SYSTEM INTERFACE ${EIGENMATA_${name}_INCLUDE})
  target_link_libraries(eigenmata::${name} INTERFACE ${EIGENMATA_${name}_LIBRARY} ${ARGN})
endfunction()

eigenmata_wrap(gmp gmp.h gmp)
eigenmata_wrap(mpfr mpfr.h mpfr eigenmata::gmp)
eigenmata_wrap(flint flint/flint.h flint eigenmata::mpfr)
eigenmata_wrap(arb arb.h flint-arb eigenmata::flint)
eigenmata_wrap(antic antic/nf_elem.h antic eigenmata::arb)
eigenmata_wrap(calcium calcium/qqbar.h calcium eigenmata::antic)

find_package(Boost 1.74 REQUIRED)
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(TBB REQUIRED)
find_package(pugixml REQUIRED)
find_package(hwy REQUIRED)
find_package(ZLIB REQUIRED)

# Optional. Without it, Eigen's transforms, which are slower.
if(EIGENMATA_FFTW)
  find_path(EIGENMATA_fftw_INCLUDE fftw3.h)
  find_library(EIGENMATA_fftw_LIBRARY fftw3)
  mark_as_advanced(EIGENMATA_fftw_INCLUDE EIGENMATA_fftw_LIBRARY)
  if(EIGENMATA_fftw_INCLUDE AND EIGENMATA_fftw_LIBRARY)
    eigenmata_wrap(fftw fftw3.h fftw3)
  endif()
endif()
