// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/formats/openai_image.h"

using namespace Qt::StringLiterals;

namespace gateway {

providers::ContentPart openAiImage(const QString &url, const Members &owner, QStringView member)
{
    providers::ContentPart image{.kind = providers::ContentPart::Image};
    if (!url.startsWith("data:"_L1)) {
        if (!url.startsWith("https://"_L1) && !url.startsWith("http://"_L1))
            owner.refuse(member, u"must begin with https:, http: or data:"_s);
        image.url = url;
        return image;
    }
    const auto comma = url.indexOf(u',');
    const QString head = url.first(std::max<qsizetype>(comma, 0));
    if (!head.endsWith(";base64"_L1))
        owner.refuse(member, u"must be data:image/…;base64,… where it holds the image itself"_s);
    image.mediaType = head.sliced(5).section(u';', 0, 0);
    image.data = QStringView(url).sliced(comma + 1).toLatin1();
    return image;
}

} // namespace gateway
