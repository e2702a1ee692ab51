// SPDX-License-Identifier: GPL-3.0-or-later
// The library needs one source file of its own; its contents are the resources.
