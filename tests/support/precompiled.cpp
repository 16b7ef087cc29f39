// SPDX-License-Identifier: Apache-2.0
//
// Nothing: the precompiled header needs a target that it belongs to.
