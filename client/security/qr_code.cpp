// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/security/qr_code.h"

#include <QPainter>

#include <qrencode.h>

namespace {

constexpr int quietZone = 4; // modules of white around it, which readers need

} // namespace

QrCode::QrCode(const QString &text, const QString &accessibleName, QWidget *parent) : QWidget(parent)
{
    setAccessibleName(accessibleName);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeString(text.toUtf8().constData(), 0, QR_ECLEVEL_M, QR_MODE_8, 1), &QRcode_free);
    if (!code)
        return; // too long for any size; the text beside it does as well
    m_modules = code->width;
    m_dark.resize(std::size_t(m_modules * m_modules));
    for (std::size_t i = 0; i < m_dark.size(); ++i) // the other bits say what kind of module it is
        m_dark[i] = code->data[i] & 1;
}

QSize QrCode::sizeHint() const
{
    const int side = (m_modules + 2 * quietZone) * 4;
    return {side, side};
}

void QrCode::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Qt::white);
    const double module = double(std::min(width(), height())) / (m_modules + 2 * quietZone);
    const auto at = [module](int index) { return qRound((index + quietZone) * module); };
    for (int y = 0; y < m_modules; ++y)
        for (int x = 0; x < m_modules; ++x)
            if (m_dark[std::size_t(y * m_modules + x)])
                painter.fillRect(QRect(QPoint(at(x), at(y)), QPoint(at(x + 1) - 1, at(y + 1) - 1)), Qt::black);
}
