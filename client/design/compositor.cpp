// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/design/patio_style.h"

#include <QGuiApplication>

#ifdef PATIO_XCB
#include <xcb/xcb.h>

#include <cstdlib>
#include <memory>

namespace {

// A compositor owns the selection _NET_WM_CM_Sn of its screen (Extended Window Manager Hints 1.5).
bool isComposited(xcb_connection_t *connection)
{
    using Reply = std::unique_ptr<void, decltype(&std::free)>;
    static constexpr char name[] = "_NET_WM_CM_S0";
    const Reply atom(xcb_intern_atom_reply(connection, xcb_intern_atom(connection, 0, sizeof name - 1, name), nullptr),
                     &std::free);
    if (!atom)
        return false;
    const auto id = static_cast<xcb_intern_atom_reply_t *>(atom.get())->atom;
    const Reply owner(xcb_get_selection_owner_reply(connection, xcb_get_selection_owner(connection, id), nullptr),
                      &std::free);
    return owner && static_cast<xcb_get_selection_owner_reply_t *>(owner.get())->owner != XCB_NONE;
}

} // namespace
#endif

bool hasTranslucentWindows()
{
    if (QGuiApplication::platformName() != QLatin1String("xcb"))
        return true;
#ifdef PATIO_XCB
    if (const auto *x11 = qGuiApp->nativeInterface<QNativeInterface::QX11Application>()) {
        // Asked once: the answer is waited for.
        static const bool composited = isComposited(x11->connection());
        return composited;
    }
#endif
    return false;
}
