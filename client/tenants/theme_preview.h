// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QPixmap>
#include <QWidget>

// The upper end of the window as a tenant's theme makes it, light and dark, beside each other and painted small.
class ThemePreview : public QWidget
{
    Q_OBJECT

public:
    explicit ThemePreview(QWidget *parent = nullptr);

    void setTheme(const QString &tenantName, const QJsonObject &theme);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void paintWindow(QPainter &painter, const QRect &rect, bool dark) const;

    QString m_tenantName;
    QString m_productName;
    QColor m_seed;
    QPixmap m_logo;
};
