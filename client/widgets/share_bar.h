// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/looks.h"

#include <QWidget>

class QPainter;

// The bar of a ShareLook over the whole of `rect`; mirrored with the painter's layout direction.
void paintShare(QPainter &painter, const QRect &rect, const ShareLook &share);

// The same as a widget of its own. Its description says what a person sees.
class ShareBar : public QWidget
{
    Q_OBJECT

public:
    explicit ShareBar(const QString &accessibleName, QWidget *parent = nullptr);

    void setShare(const ShareLook &share);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ShareLook m_share;
};
