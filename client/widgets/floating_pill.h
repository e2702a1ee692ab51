// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

// "↑ 12 new jobs": floats over a list and brings in what waits.
class FloatingPill : public QAbstractButton
{
    Q_OBJECT

public:
    explicit FloatingPill(QWidget *parent = nullptr);
    void setIconName(const QString &icon);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_icon = QStringLiteral("arrow-up");
};
