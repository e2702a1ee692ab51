// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/tenants/theme_editor.h"

#include "client/design/theme.h"
#include "client/tenants/theme_preview.h"
#include "client/widgets/button.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QBuffer>
#include <QColorDialog>
#include <QFile>
#include <QFileDialog>
#include <QImage>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype largestLogo = 64 * 1024; // bytes
constexpr int widestLogo = 512; // pixels

bool isColour(const QString &text)
{
    static const QRegularExpression form(u"^#[0-9A-Fa-f]{6}$"_s);
    return form.match(text).hasMatch();
}

} // namespace

ThemeEditor::ThemeEditor(QWidget *parent)
    : QWidget(parent),
      m_accent(new TextField({})),
      m_pick(new Button({}, u"palette"_s)),
      m_productName(new TextField({})),
      m_logoState(new Label({}, TextStyle::Small, ColorRole::Text2)),
      m_chooseLogo(new Button({}, u"upload"_s)),
      m_removeLogo(new Button({}, u"x"_s)),
      m_preview(new ThemePreview)
{
    m_accent->edit()->setMaxLength(7);
    m_accent->setPlaceholder(u"#3A5BD9"_s);
    m_productName->edit()->setMaxLength(60);
    m_productName->setPlaceholder(u"Patio"_s);
    m_logoField = new FormField(
        {}, layout::box(layout::row({m_chooseLogo, m_removeLogo, layout::wide(m_logoState)}, Length::Space8)));
    setLayout(layout::column(
        {layout::row({layout::wide(m_accent), layout::column({layout::stretch(), m_pick})}, Length::Space8),
         m_productName, m_logoField, m_preview},
        Length::Space14));
    connect(m_accent->edit(), &QLineEdit::textEdited, this, &ThemeEditor::edited);
    connect(m_productName->edit(), &QLineEdit::textEdited, this, &ThemeEditor::edited);
    connect(this, &ThemeEditor::edited, this, &ThemeEditor::renew);
    connect(m_chooseLogo, &QPushButton::clicked, this, &ThemeEditor::chooseLogo);
    connect(m_removeLogo, &QPushButton::clicked, this, [this] {
        m_logo.clear();
        m_logoField->setError({});
        Q_EMIT edited();
    });
    connect(m_pick, &QPushButton::clicked, this, [this] {
        auto *dialog =
            new QColorDialog(isColour(m_accent->text()) ? QColor(m_accent->text()) : ::theme().accentSeed(), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &QColorDialog::colorSelected, this, [this](const QColor &color) {
            m_accent->setText(color.name().toUpper());
            Q_EMIT edited();
        });
        dialog->open();
    });
    retranslate();
}

void ThemeEditor::setTheme(const QString &tenantName, const QJsonObject &theme)
{
    m_tenantName = tenantName;
    m_accent->setText(theme.value(u"accent"_s).toString());
    m_productName->setText(theme.value(u"productName"_s).toString());
    m_logo = theme.value(u"logo"_s).toString();
    renew();
}

QJsonObject ThemeEditor::theme() const
{
    QJsonObject theme;
    if (const QString accent = m_accent->text().trimmed(); !accent.isEmpty())
        theme.insert(u"accent"_s, accent);
    if (const QString name = m_productName->text().trimmed(); !name.isEmpty())
        theme.insert(u"productName"_s, name);
    if (!m_logo.isEmpty())
        theme.insert(u"logo"_s, m_logo);
    return theme;
}

bool ThemeEditor::isValid() const
{
    return m_accent->text().trimmed().isEmpty() || isColour(m_accent->text().trimmed());
}

QList<std::pair<QString, FormField *>> ThemeEditor::places() const
{
    return {{u"/theme/accent"_s, m_accent}, {u"/theme/productName"_s, m_productName}, {u"/theme/logo"_s, m_logoField}};
}

void ThemeEditor::renew()
{
    m_accent->setError(isValid() ? QString() : tr("A colour such as #3A5BD9."));
    m_removeLogo->setVisible(!m_logo.isEmpty());
    m_logoState->setText(m_logo.isEmpty() ? tr("PNG, at most 512 × 512 pixels and 64 KiB") : QString());
    QJsonObject shown = theme();
    if (!isValid())
        shown.remove(u"accent"_s);
    m_preview->setTheme(m_tenantName, shown);
}

void ThemeEditor::chooseLogo()
{
    auto *dialog = new QFileDialog(this, tr("Choose a logo"), {}, tr("Pictures (*.png *.jpg *.jpeg *.svg *.webp)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        QFile file(path);
        if (!file.open(QFile::ReadOnly))
            return m_logoField->setError(file.errorString());
        const QImage image = QImage::fromData(file.read(16 * 1024 * 1024));
        if (image.isNull())
            return m_logoField->setError(tr("This file holds no picture that can be read."));
        // Larger than is needed: made to fit, rather than refused.
        const QImage fitting = image.width() > widestLogo || image.height() > widestLogo
            ? image.scaled(widestLogo, widestLogo, Qt::KeepAspectRatio, Qt::SmoothTransformation)
            : image;
        QByteArray png;
        QBuffer buffer(&png);
        fitting.save(&buffer, "PNG");
        takeLogo(png);
    });
    dialog->open();
}

void ThemeEditor::takeLogo(const QByteArray &png)
{
    if (png.size() > largestLogo)
        return m_logoField->setError(tr("It has %1 KiB as a PNG. Choose a smaller or simpler picture.")
                                         .arg(QLocale().toString(png.size() / 1024)));
    m_logo = QString::fromLatin1(png.toBase64());
    m_logoField->setError({});
    Q_EMIT edited();
}

void ThemeEditor::retranslate()
{
    m_accent->setLabel(tr("Accent colour"));
    m_accent->setNote(tr("Empty: the usual one"));
    m_pick->setText(tr("Pick…"));
    m_productName->setLabel(tr("Product name"));
    m_logoField->setLabel(tr("Logo"));
    m_chooseLogo->setText(tr("Choose…"));
    m_removeLogo->setText(tr("Remove logo"));
    renew();
}
