// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/gateway_settings_view.h"

#include "client/design/theme.h"
#include "client/gateway/gateway_settings_conflict.h"
#include "client/gateway/gateway_settings_form.h"
#include "client/gateway/gateway_settings_trial.h"
#include "client/gateway/gateway_settings_words.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "shared/gateway/endpoints.h"

#include <QBoxLayout>
#include <QScopeGuard>

using namespace Qt::StringLiterals;

GatewaySettingsView::GatewaySettingsView(Workspace &workspace, QWidget *parent)
    : GatewayTab(parent),
      m_workspace(workspace),
      m_notice(new Banner),
      m_conflict(new GatewaySettingsConflict),
      m_form(new GatewaySettingsForm),
      m_trial(new GatewaySettingsTrial),
      m_empty(new EmptyState),
      m_state(new Label({}, TextStyle::Small, ColorRole::Text2)),
      m_discard(new Button({}, u"undo-2"_s)),
      m_save(new Button({}, u"save"_s, ButtonVariant::Primary))
{
    build();
    connect(m_form, &GatewaySettingsForm::edited, this, &GatewaySettingsView::edited);
    connect(m_save, &QPushButton::clicked, this, &GatewaySettingsView::save);
    connect(m_discard, &QPushButton::clicked, this, &GatewaySettingsView::discard);
    connect(m_notice, &Banner::actionRequested, this, &GatewaySettingsView::load);
    connect(m_empty, &EmptyState::actionRequested, this, &GatewaySettingsView::load);
    connect(m_conflict, &GatewaySettingsConflict::takeTheirs, this, &GatewaySettingsView::discard);
    connect(m_conflict, &GatewaySettingsConflict::saveMine, this, [this] {
        if (m_theirs && m_form->isValid() && !m_sending)
            send(m_theirs->revision);
    });
    retranslate();
}

void GatewaySettingsView::build()
{
    m_state->setElided(true);
    auto *form = layout::box(layout::inset(layout::column({m_form, layout::stretch()}),
                                           {Length::Space24, Length::Space16, Length::Space24, Length::Space24}));
    form->setMaximumWidth(px(Length::SettingsWidth) + 2 * px(Length::Space24));
    auto *trial = layout::box(layout::inset(layout::column({m_trial}), Length::Space20));
    m_content = layout::box(layout::tight(layout::row(
        {layout::wide(layout::scrolling(layout::box(layout::row({layout::wide(form), layout::stretch(0)}))), 5),
         layout::line(Qt::Vertical), layout::wide(layout::scrolling(trial), 3)})));
    m_bar = layout::box(layout::tight(
        layout::column({layout::line(),
                        layout::inset(layout::row({layout::wide(m_state), m_discard, m_save}, Length::Space10),
                                      {Length::Space24, Length::Space8, Length::Space24, Length::Space8})})));
    setLayout(
        layout::tight(layout::column({m_notice, m_conflict, layout::wide(m_content), layout::wide(m_empty), m_bar})));
}

QWidget *GatewaySettingsView::mainContent() { return m_form->firstControl(); }

bool GatewaySettingsView::isChanged() const { return m_saved && !differences(m_form->settings(), *m_saved).isEmpty(); }

// ---- loading

void GatewaySettingsView::activated() { load(); }

void GatewaySettingsView::load()
{
    if (m_call.isPending() || m_sending)
        return;
    m_call =
        m_workspace.api().call(endpoints::gatewaySettings::get, {}, this, [this](const Result<GatewaySettings> &reply) {
            m_call = {};
            m_problem = reply ? std::nullopt : std::optional(reply.error());
            m_notice->hide();
            // A dead network is said once, above all pages.
            if (m_problem && m_saved && m_problem->status != 0)
                m_notice->show(Tone::Danger, u"circle-alert"_s, m_problem->detail, tr("Try again"));
            if (reply)
                loaded(*reply);
            renew();
        });
}

// What has been typed is not lost to what comes from the server.
void GatewaySettingsView::loaded(const GatewaySettings &settings)
{
    const bool holdsOwn = m_saved && (isChanged() || !m_form->isValid());
    if (!holdsOwn)
        return take(settings);
    if (settings.revision == m_saved->revision)
        return;
    if (m_form->isValid() && differences(m_form->settings(), settings).isEmpty())
        return take(settings); // both meant the same
    m_theirs = settings;
    m_conflict->show(differences(m_form->settings(), settings));
}

void GatewaySettingsView::take(const GatewaySettings &settings)
{
    m_saved = settings;
    m_theirs.reset();
    m_conflict->hide();
    m_form->setSettings(settings);
    m_trial->setSettings(settings);
    renew();
}

// ---- changing

void GatewaySettingsView::edited()
{
    m_trial->setSettings(m_form->settings());
    if (m_theirs)
        m_conflict->show(differences(m_form->settings(), *m_theirs));
    renew();
}

void GatewaySettingsView::save()
{
    if (m_saved && m_save->isEnabled())
        send(m_saved->revision);
}

void GatewaySettingsView::send(qint64 revision)
{
    GatewaySettings settings = m_form->settings();
    settings.revision = revision;
    m_call.cancel();
    m_sending = true;
    // The form cannot have the focus meanwhile, and gets it back where it was.
    m_focused = m_form->isAncestorOf(m_form->window()->focusWidget()) ? m_form->window()->focusWidget() : nullptr;
    renew();
    m_workspace.api().call(endpoints::gatewaySettings::put, settings, this,
                           [this](const Result<GatewaySettings> &reply) { answered(reply); }, {.revision = revision});
}

void GatewaySettingsView::answered(const Result<GatewaySettings> &reply)
{
    m_sending = false;
    const auto refocus = qScopeGuard([this] {
        if (QWidget *const was = std::exchange(m_focused, nullptr); was && was->isEnabled())
            was->setFocus(Qt::OtherFocusReason);
    });
    if (reply) {
        take(*reply);
        return Q_EMIT toastRequested({.tone = Tone::Success, .title = tr("The settings of the gateway were saved")});
    }
    renew();
    if (reply.error().status == 412)
        return load(); // shows what the other one has saved, and lets choose
    if (!showProblems(reply.error().errors, m_form->places()))
        Q_EMIT toastRequested({.tone = Tone::Danger,
                               .title = tr("The settings of the gateway could not be saved"),
                               .text = reply.error().detail,
                               .details = QString::fromUtf8(json::print(reply.error()))});
}

void GatewaySettingsView::discard()
{
    if (!m_saved)
        return;
    const GatewaySettings typed = m_form->settings();
    const bool wasReadable = m_form->isValid();
    take(m_theirs ? *m_theirs : GatewaySettings(*m_saved));
    if (!wasReadable)
        return;
    Q_EMIT toastRequested({.title = tr("Changes discarded"), .undo = [self = QPointer(this), typed] {
                               if (!self)
                                   return;
                               self->m_form->setSettings(typed);
                               self->edited();
                           }});
}

// ---- texts that follow the state

void GatewaySettingsView::renew()
{
    const bool changed = isChanged(), valid = m_form->isValid();
    m_content->setVisible(m_saved.has_value());
    m_empty->setVisible(!m_saved && m_problem);
    if (!m_saved && m_problem)
        m_empty->showError(tr("The settings are not known"),
                           m_problem->status == 0 ? tr("They are kept on the server only, which cannot be reached.")
                                                  : m_problem->detail);
    m_bar->setVisible(m_saved && mayChange());
    m_form->setEnabled(m_saved && mayChange() && !m_sending);
    m_save->setEnabled(changed && valid && !m_sending && !m_theirs);
    m_save->setLoading(m_sending);
    m_conflict->setMineIsValid(valid && !m_sending);
    m_discard->setEnabled((changed || !valid) && !m_sending);
    m_state->setText(!valid ? tr("Something cannot be read yet.")
                         : changed
                         ? tr("Not saved yet: %1.").arg(differences(m_form->settings(), *m_saved).join(u", "_s))
                         : tr("Everything is saved. Changes hold for the next call."));
    m_state->setRole(!valid ? ColorRole::Danger : changed ? ColorRole::Warning : ColorRole::Text2);
    if (m_saved && hasFocus()) // it waited here for something that can have it
        mainContent()->setFocus(Qt::OtherFocusReason);
    Q_EMIT footerChanged();
    Q_EMIT commandsChanged();
}

QString GatewaySettingsView::shownCount() const
{
    return mayChange() ? QString() : tr("You may read these settings, not change them.");
}

QList<Footer::Hint> GatewaySettingsView::keyHints() const
{
    return mayChange() ? QList<Footer::Hint>{{u"Ctrl+S"_s, tr("save")}} : QList<Footer::Hint>{};
}

QList<Command> GatewaySettingsView::commands()
{
    return {{u"gatewaySettings.save"_s,
             tr("Save settings of the gateway"),
             u"save"_s,
             u"Ctrl+S"_s,
             Command::Scope::Page,
             [this] { save(); },
             [this] { return m_save->isEnabled() && mayChange(); },
             {},
             true},
            {u"gatewaySettings.discard"_s,
             tr("Discard changes to settings of the gateway"),
             u"undo-2"_s,
             {},
             Command::Scope::Page,
             [this] { discard(); },
             [this] { return m_discard->isEnabled() && mayChange(); },
             {},
             true},
            {u"gatewaySettings.reload"_s,
             tr("Refresh"),
             u"refresh-cw"_s,
             u"F5"_s,
             Command::Scope::Page,
             [this] { load(); },
             {},
             {},
             true}};
}

void GatewaySettingsView::retranslate()
{
    m_form->retranslate();
    m_conflict->retranslate();
    m_discard->setText(tr("Discard"));
    m_discard->setHint(tr("Back to what is saved"));
    m_save->setText(tr("Save settings"));
    m_save->setHint(tr("Save settings of the gateway"), u"Ctrl+S"_s);
    renew();
}
