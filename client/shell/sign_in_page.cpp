// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/shell/sign_in_page.h"

#include "client/design/color_math.h"
#include "client/design/icon.h"
#include "client/design/paint.h"
#include "client/design/theme.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QCompleter>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QPainterPath>
#include <QStringListModel>
#include <QtMath>

namespace {

void complete(TextField *field, const QStringList &texts)
{
    auto *completer = new QCompleter(texts, field);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    field->edit()->setCompleter(completer);
}

// Tracks of a switchyard, bending round each other.
void paintTracks(QPainter &painter, const QRect &area, const QColor &color)
{
    painter.save();
    painter.setClipRect(area);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int track = 0; track < 12; ++track) {
        QColor faded = color;
        faded.setAlphaF(float(0.05 + 0.012 * track));
        painter.setPen(QPen(faded, 1.2));
        QPainterPath path;
        for (int step = 0; step <= 24; ++step) {
            const double x = area.x() + area.width() * step / 24.0;
            const double wave = qSin(step / 24.0 * 2 * M_PI * 0.72 + track * 0.16);
            const double y = area.y() + area.height() * (0.22 + track * 0.062)
                + wave * area.height() * (0.10 - track * 0.0045) + step * 2.2;
            step == 0 ? path.moveTo(x, y) : path.lineTo(x, y);
        }
        painter.drawPath(path);
    }
    painter.restore();
}

} // namespace

SignInPage::SignInPage(QWidget *parent)
    : QWidget(parent),
      m_form(new QWidget),
      m_title(new Label({}, TextStyle::Title)),
      m_subtitle(new Label({}, TextStyle::Body, ColorRole::Text2)),
      m_server(new TextField({}, QStringLiteral("server"))),
      m_tenant(new TextField({}, QStringLiteral("building-2"))),
      m_email(new TextField({}, QStringLiteral("mail"))),
      m_password(new TextField({}, QStringLiteral("lock"))),
      m_code(new TextField({}, QStringLiteral("shield-check"))),
      m_stay(new QCheckBox),
      m_note(new Label({}, TextStyle::Small, ColorRole::Text3)),
      m_error(new Banner),
      m_submit(new Button({}, {}, ButtonVariant::Primary)),
      m_cancel(new Button({}, {}, ButtonVariant::Ghost)),
      m_link(new Button({}, QStringLiteral("link"), ButtonVariant::Ghost))
{
    m_password->setSecret();
    m_code->edit()->setMaxLength(40);
    m_code->hide();
    m_server->setPlaceholder(QStringLiteral("https://patio.example"));
    m_tenant->setPlaceholder(QStringLiteral("acme"));
    m_email->setPlaceholder(QStringLiteral("name@company.example"));
    m_email->edit()->setInputMethodHints(Qt::ImhEmailCharactersOnly);
    m_note->setWordWrap(true);
    m_subtitle->setWordWrap(true);
    m_note->hide();
    m_cancel->hide();
    for (TextField *field : {m_server, m_tenant, m_email, m_password, m_code}) {
        field->edit()->setProperty("controlSize", int(ControlSize::Large));
        connect(field->edit(), &QLineEdit::returnPressed, this, &SignInPage::submit);
    }
    // The code belongs to one account.
    for (TextField *field : {m_server, m_tenant, m_email}) {
        connect(field->edit(), &QLineEdit::textEdited, this, [this] {
            m_code->setText({});
            m_code->hide();
        });
    }
    m_submit->setControlSize(ControlSize::Large);
    m_form->setLayout(layout::column({m_title, m_subtitle, layout::gap(Length::Space8), m_server, m_tenant, m_email,
                                      m_password, m_code, m_stay, m_note, m_error, m_submit, m_cancel, m_link},
                                     Length::Space14));
    auto *middle = layout::row({layout::stretch(), m_form, layout::stretch()});
    setLayout(layout::column({layout::stretch(2), middle, layout::stretch(3)}));
    connect(m_submit, &QPushButton::clicked, this, &SignInPage::submit);
    connect(m_cancel, &QPushButton::clicked, this, &SignInPage::cancelled);
    connect(m_link, &QPushButton::clicked, this, &SignInPage::linkOffered);
    retranslate();
}

void SignInPage::retranslate()
{
    m_title->setText(tr("Sign in"));
    m_subtitle->setText(tr("To your company's Patio server."));
    m_server->setLabel(tr("Server"));
    m_tenant->setLabel(tr("Tenant"));
    m_email->setLabel(tr("E-mail"));
    m_password->setLabel(tr("Password"));
    m_code->setLabel(tr("Code"));
    m_stay->setText(tr("Keep me signed in (stored in the system keychain)"));
    m_submit->setText(m_busy ? tr("Signing in…") : tr("Sign in"));
    m_cancel->setText(m_busy || m_back.isEmpty() ? tr("Cancel") : tr("Back to %1", "a tenant").arg(m_back));
    m_link->setText(tr("I have an invitation or a link"));
}

void SignInPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void SignInPage::setInput(const Input &input)
{
    m_server->setText(input.server);
    m_tenant->setText(input.tenant);
    m_email->setText(input.email);
    m_password->setText(input.password);
    m_code->setText(input.code);
    m_code->setVisible(!input.code.isEmpty());
    m_stay->setChecked(input.staysSignedIn);
}

void SignInPage::setServers(const QStringList &servers) { complete(m_server, servers); }
void SignInPage::setTenants(const QStringList &tenants) { complete(m_tenant, tenants); }

void SignInPage::setBusy(bool busy)
{
    m_busy = busy;
    for (QWidget *widget :
         {static_cast<QWidget *>(m_server), static_cast<QWidget *>(m_tenant), static_cast<QWidget *>(m_email),
          static_cast<QWidget *>(m_password), static_cast<QWidget *>(m_code), static_cast<QWidget *>(m_stay),
          static_cast<QWidget *>(m_submit)})
        widget->setEnabled(!busy);
    m_cancel->setVisible(busy || !m_back.isEmpty());
    m_link->setVisible(!busy);
    retranslate();
}

void SignInPage::askForCode(const QString &help)
{
    m_code->setHelp(help);
    m_code->setText({});
    m_code->show();
    m_code->edit()->setFocus(Qt::OtherFocusReason);
}

void SignInPage::setError(Place place, const QString &text)
{
    TextField *const fields[] = {m_server, m_tenant, m_email, m_password, m_code};
    for (TextField *field : fields)
        field->setError({});
    m_error->hide();
    if (text.isEmpty())
        return;
    if (place == Place::Form) {
        m_error->show(Tone::Danger, QStringLiteral("circle-alert"), text);
        return;
    }
    TextField *field = fields[int(place)];
    field->show(); // the code's
    field->setError(text);
    field->edit()->setFocus(Qt::OtherFocusReason);
    field->edit()->selectAll();
}

void SignInPage::setBack(const QString &name)
{
    m_back = name;
    m_cancel->setVisible(m_busy || !name.isEmpty());
    retranslate();
}

void SignInPage::setNote(const QString &note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void SignInPage::setServerFacts(const QString &facts)
{
    m_facts = facts;
    update();
}

void SignInPage::focusFirst()
{
    for (TextField *field : {m_server, m_tenant, m_email, m_password}) {
        if (field->text().isEmpty())
            return field->edit()->setFocus(Qt::OtherFocusReason);
    }
    m_submit->setFocus(Qt::OtherFocusReason);
}

void SignInPage::submit()
{
    if (m_busy)
        return;
    setError(Place::Form, {});
    const std::tuple<TextField *, Place, QString> needed[] = {
        {m_server, Place::Server, tr("Enter the address of your server.")},
        {m_tenant, Place::Tenant, tr("Enter the short name of your tenant.")},
        {m_email, Place::Email, tr("Enter your e-mail address.")},
        {m_password, Place::Password, tr("Enter your password.")}};
    for (const auto &[field, place, problem] : needed) {
        if (field->text().trimmed().isEmpty())
            return setError(place, problem);
    }
    if (!m_code->isHidden() && m_code->text().trimmed().isEmpty())
        return setError(Place::Code, tr("Enter the code of your authenticator app, or a recovery code."));
    Q_EMIT submitted({m_server->text().trimmed(), m_tenant->text().trimmed(), m_email->text().trimmed(),
                      m_password->text(), m_stay->isChecked(),
                      m_code->isHidden() ? QString() : m_code->text().trimmed()});
}

int SignInPage::artWidth() const
{
    // The form never gets less than it needs.
    const int form = px(Length::SignInForm) + 2 * px(Length::Space56);
    return std::clamp(width() * 45 / 100, 0, std::max(0, width() - form));
}

void SignInPage::resizeEvent(QResizeEvent *)
{
    layout()->setContentsMargins(artWidth(), px(Length::Space24), 0, px(Length::Space24)); // mirrored by Qt
    m_form->setFixedWidth(std::min(px(Length::SignInForm), width() - artWidth() - 2 * px(Length::Space24)));
}

void SignInPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !m_cancel->isHidden())
        return Q_EMIT cancelled();
    QWidget::keyPressEvent(event);
}

void SignInPage::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().color(ColorRole::Surface));
    const QRect art = QStyle::visualRect(layoutDirection(), rect(), QRect(0, 0, artWidth(), height()));
    // From the accent into its night: light text stays readable with every brand.
    const Oklab accent = toOklab(theme().color(ColorRole::Accent));
    QLinearGradient ground(art.topLeft(), art.bottomRight());
    ground.setColorAt(0, fromOklab(accent.withLightness(std::min(accent.lightness, 0.40))));
    ground.setColorAt(1, fromOklab(accent.withLightness(0.20)));
    painter.fillRect(art, ground);
    const QColor light = theme().color(ColorRole::OnBadgeRed);
    paintTracks(painter, art, light);

    const auto visual = [&](const QRect &part) { return QStyle::visualRect(layoutDirection(), art, part); };
    const int side = px(Length::Space40) + px(Length::Space8), tile = px(Length::Space32) + px(Length::Space4);
    QColor glass = light;
    glass.setAlphaF(0.18f);
    const QRect plate(art.x() + side, side, tile, tile);
    paint::box(painter, visual(plate), px(Length::RadiusCard), glass);
    const int inset = px(Length::Space8);
    paintIcon(painter, visual(plate.adjusted(inset, inset, -inset, -inset)), QStringLiteral("layers"), light);
    painter.setPen(light);
    painter.setFont(theme().font(TextStyle::TitleSmall));
    painter.drawText(visual({plate.right() + px(Length::Space12), side, art.width(), tile}),
                     int(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft)) | Qt::AlignVCenter,
                     QStringLiteral("Patio"));
    painter.setFont(theme().font(TextStyle::Display));
    const int text = theme().lineHeight(TextStyle::Display) * 2,
              bottom = art.bottom() - px(Length::Space56) - px(Length::Space40);
    const QRect slogan(art.x() + side, bottom - text, art.width() - 2 * side, text);
    painter.drawText(visual(slogan),
                     int(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft)) | Qt::AlignBottom
                         | Qt::TextWordWrap,
                     tr("Every model call,\nin plain sight."));
    QColor quiet = light;
    quiet.setAlphaF(0.78f);
    painter.setPen(quiet);
    painter.setFont(theme().font(TextStyle::BodyStrong));
    const QRect facts(art.x() + side, bottom + px(Length::Space16), art.width() - 2 * side, px(Length::Space24));
    painter.drawText(visual(facts), int(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft)) | Qt::AlignTop,
                     paint::elided(painter.fontMetrics(), m_facts, facts.width()));
}
