// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/permissions/attributes.h"

namespace permissions {

Attributes::Attributes(const Subject &subject)
    : m_subject(&subject),
      m_slots(m_store.values(std::size_t(subject.attributes.size())))
{
}

Attributes::Attributes(const Subject &subject, const QJsonObject &record) : Attributes(subject)
{
    for (qsizetype slot = 0; slot < subject.attributes.size(); ++slot)
        m_slots[slot] = m_store.json(record.value(subject.attributes[slot].name));
}

} // namespace permissions
