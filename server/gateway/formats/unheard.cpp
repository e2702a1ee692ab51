// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/formats/unheard.h"

namespace gateway {

QStringList takeOutUnheard(providers::ModelRequest &request, const Format &format, const providers::Provider &provider)
{
    QStringList unheard;
    // A name for the provider's watch over abuse, where there is no such watch.
    if (!request.endUser.isEmpty() && !provider.takesEndUser()) {
        request.endUser.clear();
        unheard.append(format.endUserPointer());
    }
    // Libraries say this by themselves when they want one certain tool to be called.
    if (request.parallelToolCalls == false && !request.tools.isEmpty() && !provider.takesOneCallOnly()) {
        request.parallelToolCalls.reset();
        unheard.append(format.oneCallPointer());
    }
    return unheard;
}

} // namespace gateway
