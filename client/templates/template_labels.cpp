// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/template_labels.h"

#include "client/design/icon.h"
#include "client/templates/label_dialogs.h"
#include "shared/templates/endpoints.h"

#include <QMenu>
#include <QPointer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int mostLabels = 200;

} // namespace

TemplateLabels::TemplateLabels(Workspace &workspace, QWidget *parent)
    : QObject(parent),
      m_workspace(workspace),
      m_parent(parent)
{
}

bool TemplateLabels::mayMove() const { return m_workspace.session().can(Ability::TemplatesPublish); }

StatusLook TemplateLabels::look(const QString &label)
{
    const Tone tone = label == u"production"_s ? Tone::Success : label == u"staging"_s ? Tone::Warning : Tone::Info;
    return {tone, u"tag"_s, label};
}

void TemplateLabels::open(const PromptTemplate &subject)
{
    const bool isAnother = subject.id != m_subject.id;
    m_subject = subject;
    if (isAnother) {
        m_labels.clear();
        m_versions.clear();
    }
    // What the template itself says, until the labels with their authors are there.
    QList<TemplateLabel> known;
    for (const LabelPlace &place : subject.labels) {
        TemplateLabel label;
        if (const TemplateLabel *before = find(place.label); before && before->version == place.version)
            label = *before;
        label.label = place.label;
        label.version = place.version;
        known.append(label);
    }
    m_labels = known;
    Q_EMIT changed();
    reload();
}

void TemplateLabels::reload()
{
    m_workspace.api().call(endpoints::templates::labels.at(m_subject.id), {.limit = mostLabels}, this,
                           [this, id = m_subject.id, asked = ++m_asked](const Result<Page<TemplateLabel>> &page) {
                               if (asked != m_asked) // answers overtake each other: an older one knows less
                                   return;
                               if (!page || id != m_subject.id)
                                   return; // the template's own answer says what is wrong
                               m_labels = page->items;
                               Q_EMIT changed();
                           });
}

void TemplateLabels::setVersions(const QList<TemplateVersion> &versions) { m_versions = versions; }

const TemplateLabel *TemplateLabels::find(const QString &label) const
{
    const auto found =
        std::find_if(m_labels.begin(), m_labels.end(), [&](const TemplateLabel &l) { return l.label == label; });
    return found == m_labels.end() ? nullptr : &*found;
}

void TemplateLabels::askMove(const QString &label, int version)
{
    if (!mayMove() || m_versions.isEmpty())
        return;
    auto *dialog = new MoveLabelDialog(m_subject.name, m_labels, m_versions, label, version, m_parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &MoveLabelDialog::submitted, this, [this, dialog](const QString &name, const LabelMove &input) {
        const auto before = find(name) ? std::optional(*find(name)) : std::nullopt;
        move(name, input, knownRevision(before ? &*before : nullptr),
             [this, before, name, dialog = QPointer(dialog)](const Result<TemplateLabel> &reply) {
                 if (reply) {
                     if (dialog)
                         dialog->done(QDialog::Accepted);
                     return moved(*reply, before ? &*before : nullptr);
                 }
                 if (dialog)
                     return dialog->showError(reply.error());
                 failed(tr("“%1” was not moved").arg(name), reply.error());
             });
    });
    dialog->open();
}

std::optional<qint64> TemplateLabels::knownRevision(const TemplateLabel *label)
{
    return label && label->authorId ? std::optional(label->revision) : std::nullopt;
}

// With a revision it is refused where somebody else has moved the label since.
void TemplateLabels::move(const QString &label, const LabelMove &input, std::optional<qint64> revision,
                          std::function<void(const Result<TemplateLabel> &)> done)
{
    CallOptions options;
    options.revision = revision;
    m_workspace.api().call(
        endpoints::templates::moveLabel.at(m_subject.id, label), input, this,
        [this, done](const Result<TemplateLabel> &reply) {
            if (reply || reply.error().status == 412)
                reload();
            done(reply);
        },
        options);
}

void TemplateLabels::moveBack(const QString &label, int version, std::optional<qint64> revision)
{
    move(label, {version, {}}, revision, [this, label](const Result<TemplateLabel> &reply) {
        if (!reply)
            failed(tr("“%1” was not moved").arg(label), reply.error());
    });
}

// Says from where to where, and offers the way back.
void TemplateLabels::moved(const TemplateLabel &now, const TemplateLabel *before)
{
    const QString label = now.label;
    const QUuid id = m_subject.id;
    const QPointer self(this);
    // What is taken back is this very step, whatever has been read since.
    const auto takeBack = [self, label, id, revision = now.revision, was = before ? before->version : 0] {
        if (!self || self->m_subject.id != id)
            return;
        if (was == 0)
            return self->remove(label);
        self->moveBack(label, was, revision);
    };
    Q_EMIT toastRequested({.tone = Tone::Success,
                           .title = before
                               ? tr("“%1” moved: v%2 → v%3").arg(label).arg(before->version).arg(now.version)
                               : tr("“%1” set at v%2").arg(label).arg(now.version),
                           .text = m_subject.name,
                           .undo = takeBack});
}

void TemplateLabels::rollBack(const QString &label)
{
    const TemplateLabel *found = find(label);
    if (!found || !mayMove())
        return;
    const TemplateLabel before = *found;
    CallOptions options;
    options.revision = knownRevision(&before);
    m_workspace.api().call(
        endpoints::templates::rollBackLabel.at(m_subject.id, label), {}, this,
        [this, before](const Result<TemplateLabel> &reply) {
            reload();
            if (reply)
                return moved(*reply, &before);
            failed(tr("“%1” was not rolled back").arg(before.label), reply.error());
        },
        options);
}

void TemplateLabels::remove(const QString &label)
{
    const TemplateLabel *found = find(label);
    if (!found || !mayMove())
        return;
    const QPointer self(this);
    m_workspace.api().call(
        endpoints::templates::removeLabel.at(m_subject.id, label), {}, this,
        [this, self, label, id = m_subject.id, version = found->version](const Result<Nothing> &reply) {
            reload();
            if (!reply)
                return failed(tr("“%1” was not removed").arg(label), reply.error());
            Q_EMIT toastRequested(
                {.title = tr("“%1” removed").arg(label), .text = m_subject.name, .undo = [self, label, id, version] {
                     if (self && self->m_subject.id == id)
                         self->moveBack(label, version, {});
                 }});
        });
}

void TemplateLabels::showHistory(const QString &label)
{
    auto *dialog = new LabelHistoryDialog(label, m_parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const auto load = [this, label, dialog = QPointer(dialog)](const std::optional<QString> &cursor) {
        m_workspace.api().call(endpoints::templates::labelHistory.at(m_subject.id, label),
                               {.limit = 50, .cursor = cursor}, dialog,
                               [dialog](const Result<Page<LabelChange>> &page) { dialog->add(page); });
    };
    connect(dialog, &LabelHistoryDialog::moreRequested, this, load);
    dialog->open();
    load({});
}

void TemplateLabels::fillMenu(QMenu *menu)
{
    menu->clear();
    for (const TemplateLabel &label : std::as_const(m_labels)) {
        const QString name = label.label;
        QMenu *one = menu->addMenu(themedIcon(u"tag"_s), u"%1 · v%2"_s.arg(name).arg(label.version));
        if (mayMove()) {
            const int newest = m_versions.isEmpty() ? 0 : m_versions.first().version;
            if (newest > label.version)
                one->addAction(tr("Move to v%1, the latest…").arg(newest), this,
                               [this, name, newest] { askMove(name, newest); });
            one->addAction(tr("Move to another version…"), this, [this, name] { askMove(name, 0); });
            if (label.previousVersion)
                one->addAction(themedIcon(u"undo-2"_s), tr("Roll back to v%1").arg(*label.previousVersion), this,
                               [this, name] { rollBack(name); });
            one->addSeparator();
        }
        if (m_workspace.session().can(Ability::JobsCreate))
            one->addAction(themedIcon(u"play"_s), tr("Run “%1”").arg(name), this,
                           [this, name] { Q_EMIT runRequested(name); });
        one->addAction(themedIcon(u"eye"_s), tr("Preview “%1”").arg(name), this,
                       [this, name] { Q_EMIT previewRequested(name); });
        one->addAction(themedIcon(u"history"_s), tr("History…"), this, [this, name] { showHistory(name); });
        if (mayMove()) {
            one->addSeparator();
            one->addAction(themedIcon(u"trash-2"_s), tr("Remove label"), this, [this, name] { remove(name); });
        }
    }
    if (m_labels.isEmpty())
        menu->addAction(tr("No labels yet"))->setEnabled(false);
    if (mayMove()) {
        menu->addSeparator();
        menu->addAction(themedIcon(u"plus"_s), tr("New label…"), this, [this] { askMove({}, 0); });
    }
}

void TemplateLabels::fillVersionMenu(QMenu *menu, int version)
{
    if (!mayMove())
        return;
    menu->addSeparator();
    for (const TemplateLabel &label : std::as_const(m_labels))
        if (label.version != version)
            menu->addAction(themedIcon(u"tag"_s), tr("Move “%1” here…").arg(label.label), this,
                            [this, name = label.label, version] { askMove(name, version); });
    menu->addAction(themedIcon(u"plus"_s), tr("New label here…"), this, [this, version] { askMove({}, version); });
}

void TemplateLabels::failed(const QString &what, const ApiError &error, std::function<void()> retry)
{
    Q_EMIT toastRequested({.tone = Tone::Danger,
                           .title = what,
                           .text = error.detail,
                           .retry = std::move(retry),
                           .details = QString::fromUtf8(json::print(error))});
}
