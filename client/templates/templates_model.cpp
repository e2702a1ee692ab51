// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/templates_model.h"

#include "client/templates/template_folders.h"
#include "client/widgets/amounts.h"

#include <QMimeData>

using namespace Qt::StringLiterals;

namespace {

QString labelsOf(const PromptTemplate &one)
{
    QStringList parts;
    for (const LabelPlace &place : one.labels)
        parts << u"%1 v%2"_s.arg(place.label).arg(place.version);
    return parts.join(u", "_s);
}

QList<TableColumn<PromptTemplate>> makeColumns()
{
    using T = PromptTemplate;
    QList<TableColumn<T>> columns{
        column<T>(u"name"_s, {}, &T::name, CellKind::Strong, 200),
        column<T>(u"slug"_s, {}, &T::slug, CellKind::Mono, 180),
        column<T>(
            u"labels"_s, {}, [](const T &t) { return labelsOf(t); }, CellKind::Text, 170),
        column<T>(u"folder"_s, {}, &T::folder, CellKind::Muted, 140),
        column<T>(
            u"tags"_s, {}, [](const T &t) { return t.tags.join(u", "_s); }, CellKind::Muted, 140),
        column<T>(
            u"version"_s, {}, &T::latestVersion, [](const T &t) { return u"v%1"_s.arg(t.latestVersion); },
            CellKind::Number, 72),
        column<T>(u"author"_s, {}, &T::authorName, CellKind::Person, 140),
        column<T>(
            u"updated"_s, {}, &T::updatedAt,
            [](const T &t) { return amounts::age(t.updatedAt, QDateTime::currentDateTimeUtc()); }, CellKind::Number,
            100),
    };
    columns[0].stretches = true;
    columns[1].hidden = true;
    columns[3].hidden = true; // the folders stand beside the table
    columns[6].extra = [](const T &t) {
        return t.authorName.isEmpty()
            ? QVariant()
            : QVariant::fromValue(PersonLook{t.authorId.value_or(QUuid()).toString(), t.authorName});
    };
    return columns;
}

} // namespace

TemplatesModel::TemplatesModel(QObject *parent) : TableModel(makeColumns(), parent) { retranslate(); }

void TemplatesModel::retranslate()
{
    setTitles(
        {tr("Name"), tr("Slug"), tr("Labels"), tr("Folder"), tr("Tags"), tr("Version"), tr("Author"), tr("Changed")});
}

Qt::ItemFlags TemplatesModel::flags(const QModelIndex &index) const
{
    return TableModel::flags(index) | (index.isValid() ? Qt::ItemIsDragEnabled : Qt::NoItemFlags);
}

QStringList TemplatesModel::mimeTypes() const { return {QString::fromLatin1(TemplateFolders::mimeType)}; }

QMimeData *TemplatesModel::mimeData(const QModelIndexList &indexes) const
{
    QByteArrayList ids;
    for (const QModelIndex &index : indexes)
        if (const QByteArray id = row(index).id.toByteArray(QUuid::WithoutBraces); !ids.contains(id))
            ids.append(id);
    auto *data = new QMimeData;
    data->setData(QString::fromLatin1(TemplateFolders::mimeType), ids.join('\n'));
    return data;
}
