// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/chart_export.h"

#include "client/design/paint.h"
#include "client/design/theme.h"
#include "client/widgets/charts.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFileDialog>
#include <QImage>
#include <QPainter>
#include <QSvgGenerator>

using namespace Qt::StringLiterals;

namespace {

constexpr double pixelsPerPoint = 2; // of a PNG: sharp on every screen, and in print

struct ChartExport
{
    Q_DECLARE_TR_FUNCTIONS(ChartExport)
};

struct Picture
{
    const QString &title;
    const QString &note;
    ChartLegend *legend;
    CategoryChart &chart;

    int titleHeight() const { return theme().lineHeight(TextStyle::Emphasis) + px(Length::Space8); }
    int legendHeight() const { return legend ? legend->height() + px(Length::Space8) : 0; }
    QSize size() const
    {
        return {chart.width() + 2 * px(Length::Space16),
                chart.height() + titleHeight() + legendHeight() + 2 * px(Length::Space14)};
    }
    void paint(QPainter &painter) const
    {
        const QRect all(QPoint(), size());
        painter.fillRect(all, theme().color(theme().isDark() ? ColorRole::Sunken : ColorRole::Surface));
        int x = px(Length::Space16), y = px(Length::Space14);
        const int line = theme().lineHeight(TextStyle::Emphasis);
        const int used = paint::text(painter, {x, y, chart.width(), line}, title, TextStyle::Emphasis, ColorRole::Text);
        paint::text(painter, {x + used + px(Length::Space8), y, chart.width() - used - px(Length::Space8), line}, note,
                    TextStyle::Small, ColorRole::Text3);
        y += titleHeight();
        if (legend)
            legend->render(&painter, QPoint(x + chart.width() - legend->width(), y), {}, QWidget::DrawChildren);
        chart.render(&painter, QPoint(x, y + legendHeight()), {}, QWidget::DrawChildren);
    }
};

QByteArray svg(const Picture &picture)
{
    QBuffer buffer;
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(picture.size());
    generator.setViewBox(QRect(QPoint(), picture.size()));
    generator.setTitle(picture.title);
    QPainter painter(&generator);
    picture.paint(painter);
    painter.end();
    return buffer.data();
}

QByteArray png(const Picture &picture)
{
    QImage image(picture.size() * pixelsPerPoint, QImage::Format_RGB32);
    image.setDevicePixelRatio(pixelsPerPoint);
    QPainter painter(&image);
    picture.paint(painter);
    painter.end();
    QBuffer buffer;
    image.save(&buffer, "PNG");
    return buffer.data();
}

} // namespace

QByteArray chartExport::picture(Form form, const QString &title, const QString &note, ChartLegend *legend,
                                CategoryChart &chart)
{
    const Picture picture{title, note, legend, chart};
    return form == Form::Svg ? svg(picture) : png(picture);
}

void chartExport::ask(QWidget *parent, Form form, const QString &title, const QString &name,
                      std::function<void(const QString &path)> chosen)
{
    const struct
    {
        QString suffix;
        QString filter;
    } kinds[] = {{u"png"_s, ChartExport::tr("Picture (*.png)")},
                 {u"svg"_s, ChartExport::tr("Scalable drawing (*.svg)")},
                 {u"csv"_s, ChartExport::tr("Comma-separated values (*.csv)")}};
    const auto &kind = kinds[std::size_t(form)];
    auto *dialog = new QFileDialog(parent, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(kind.filter);
    dialog->setDefaultSuffix(kind.suffix);
    dialog->selectFile(name + u'.' + kind.suffix);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, std::move(chosen));
    dialog->open();
}
