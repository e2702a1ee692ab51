// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

// A text as a QR code (ISO/IEC 18004): black on white in every theme, because cameras expect that.
class QrCode : public QWidget
{
    Q_OBJECT

public:
    QrCode(const QString &text, const QString &accessibleName, QWidget *parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int m_modules = 0; // on each side
    std::vector<bool> m_dark; // row by row
};
