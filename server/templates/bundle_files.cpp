// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/templates/bundle_files.h"

#include <QJsonDocument>
#include <QMap>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace BundleFiles {
namespace {

struct TemplateFile // template.json
{
    QString name;
    QString description;
    QString folder;
    QList<QString> tags;
    QList<LabelPlace> labels;

    static constexpr auto fields()
    {
        using T = TemplateFile;
        return std::tuple{Field{"name", &T::name, {.minLength = 1, .maxLength = 120}},
                          Field{"description", &T::description, {.maxLength = 2000, .hasDefault = true}},
                          Field{"folder", &T::folder, {.maxLength = 200, .hasDefault = true}},
                          Field{"tags", &T::tags, {.maxLength = 20, .hasDefault = true}},
                          Field{"labels", &T::labels, {.maxLength = 50, .hasDefault = true}}};
    }
};

struct VersionFile // version.json
{
    QString defaultModel;
    ModelParameters parameters;
    QString note;
    QString authorName;
    std::optional<QDateTime> createdAt;

    static constexpr auto fields()
    {
        using T = VersionFile;
        return std::tuple{Field{"defaultModel", &T::defaultModel, {.minLength = 3, .maxLength = 200}},
                          Field{"parameters", &T::parameters, {.hasDefault = true}},
                          Field{"note", &T::note, {.maxLength = 500, .hasDefault = true}},
                          Field{"authorName", &T::authorName, {.maxLength = 200, .hasDefault = true}},
                          Field{"createdAt", &T::createdAt}};
    }
};

QString pretty(const QByteArray &json) { return QString::fromUtf8(QJsonDocument::fromJson(json).toJson()); }

int lineAt(const QByteArray &text, qsizetype offset)
{
    return int(text.first(std::min(offset, text.size())).count('\n')) + 1;
}

// The line where a member of this name stands, which is near enough to what a pointer means.
int lineOf(const QString &text, const QString &pointer)
{
    const QString name = pointer.section(u'/', -1);
    const qsizetype at = name.isEmpty() ? -1 : text.indexOf(u'"' + name + u'"');
    return at < 0 ? 0 : int(text.left(at).count(u'\n')) + 1;
}

class Reader
{
public:
    Reader(const QList<BundleFile> &files, QList<ImportProblem> &problems) : m_problems(problems)
    {
        for (const BundleFile &file : files)
            m_files.insert(file.path, file.text);
    }

    TemplateBundle run()
    {
        TemplateBundle bundle{u"patio-templates"_s, 1, {}};
        const QString ending = u"/template.json"_s;
        QStringList roots;
        for (auto it = m_files.cbegin(); it != m_files.cend(); ++it)
            if (it.key().endsWith(ending))
                roots.append(it.key().chopped(ending.size()));
        for (const QString &root : std::as_const(roots))
            if (const auto one = readTemplate(root))
                bundle.templates.append(*one);
        for (auto it = m_files.cbegin(); it != m_files.cend(); ++it)
            if (!m_taken.contains(it.key()))
                m_problems.append({it.key(), 0,
                                   u"belongs to no template: beside it there is no template.json or "
                                   "version.json"_s});
        return bundle;
    }

private:
    template<class T> std::optional<T> readJson(const QString &path)
    {
        m_taken.insert(path);
        const QString text = m_files.value(path);
        QJsonParseError error;
        const QByteArray bytes = text.toUtf8();
        const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
        if (error.error != QJsonParseError::NoError) {
            m_problems.append({path, lineAt(bytes, error.offset), u"is no JSON: "_s + error.errorString()});
            return std::nullopt;
        }
        if constexpr (std::is_same_v<T, QJsonObject>) {
            if (document.isObject())
                return document.object();
            m_problems.append({path, 1, u"must be an object"_s});
            return std::nullopt;
        } else {
            try {
                return json::parse<T>(bytes, json::UnknownMembers::Reject);
            } catch (const json::InvalidError &invalid) {
                for (const json::Problem &problem : invalid.problems)
                    m_problems.append({path, lineOf(text, problem.pointer), problem.pointer + u' ' + problem.message});
            } catch (const std::exception &other) {
                m_problems.append({path, 1, QString::fromUtf8(other.what())});
            }
            return std::nullopt;
        }
    }

    QString textAt(const QString &path)
    {
        if (m_files.contains(path))
            m_taken.insert(path);
        return m_files.value(path);
    }

    std::optional<BundledTemplate> readTemplate(const QString &root)
    {
        const auto file = readJson<TemplateFile>(root + u"/template.json"_s);
        BundledTemplate one;
        one.slug = root.section(u'/', -1);
        bool isWhole = file.has_value();
        if (file) {
            one.name = file->name;
            one.description = file->description;
            one.folder = file->folder;
            one.tags = file->tags;
            one.labels = file->labels;
        }
        QMap<int, QString> numbers;
        for (auto it = m_files.lowerBound(root + u'/'); it != m_files.cend() && it.key().startsWith(root + u'/');
             ++it) {
            const QString part = it.key().mid(root.size() + 1).section(u'/', 0, 0);
            bool isNumber = false;
            const int number = part.toInt(&isNumber);
            if (isNumber && number > 0)
                numbers.insert(number, root + u'/' + part);
        }
        for (auto it = numbers.cbegin(); it != numbers.cend(); ++it) {
            const auto version = readVersion(it.key(), it.value());
            isWhole = isWhole && version;
            if (version)
                one.versions.append(*version);
        }
        if (numbers.isEmpty()) {
            m_problems.append(
                {root + u"/template.json"_s, 0, u"has no versions: folders 1, 2 … beside it are missing"_s});
            return std::nullopt;
        }
        return isWhole ? std::optional(one) : std::nullopt;
    }

    std::optional<BundledVersion> readVersion(int number, const QString &at)
    {
        const QString settings = at + u"/version.json"_s;
        std::optional<VersionFile> file;
        if (m_files.contains(settings))
            file = readJson<VersionFile>(settings);
        else
            m_problems.append({settings, 0, u"is missing"_s});
        BundledVersion version;
        version.version = number;
        version.systemPrompt = textAt(at + u"/system.txt"_s);
        version.userPrompt = textAt(at + u"/user.txt"_s);
        bool isWhole = file.has_value();
        if (version.userPrompt.isEmpty()) {
            m_problems.append({at + u"/user.txt"_s, 0, u"is missing or empty"_s});
            isWhole = false;
        }
        if (const QString schema = at + u"/variables.schema.json"_s; m_files.contains(schema)) {
            version.variablesSchema = readJson<QJsonObject>(schema);
            isWhole = isWhole && version.variablesSchema;
        }
        for (int i = 1;; ++i) {
            const QString user = at + u"/examples/%1-user.txt"_s.arg(i);
            const QString assistant = at + u"/examples/%1-assistant.txt"_s.arg(i);
            if (!m_files.contains(user) && !m_files.contains(assistant))
                break;
            version.examples.append({textAt(user), textAt(assistant)});
        }
        if (file) {
            version.defaultModel = file->defaultModel;
            version.parameters = file->parameters;
            version.note = file->note;
            version.authorName = file->authorName;
            version.createdAt = file->createdAt;
        }
        return isWhole ? std::optional(version) : std::nullopt;
    }

    QMap<QString, QString> m_files;
    QSet<QString> m_taken;
    QList<ImportProblem> &m_problems;
};

} // namespace

QList<BundleFile> print(const TemplateBundle &bundle)
{
    QList<BundleFile> files;
    for (const BundledTemplate &one : bundle.templates) {
        const TemplateFile about{one.name, one.description, one.folder, one.tags, one.labels};
        files.append({one.slug + u"/template.json"_s, pretty(json::print(about))});
        for (const BundledVersion &version : one.versions) {
            const QString at = u"%1/%2/"_s.arg(one.slug).arg(version.version);
            const VersionFile settings{version.defaultModel, version.parameters, version.note, version.authorName,
                                       version.createdAt};
            files.append({at + u"version.json"_s, pretty(json::print(settings))});
            if (!version.systemPrompt.isEmpty())
                files.append({at + u"system.txt"_s, version.systemPrompt});
            files.append({at + u"user.txt"_s, version.userPrompt});
            if (version.variablesSchema)
                files.append({at + u"variables.schema.json"_s, pretty(json::print(*version.variablesSchema))});
            for (qsizetype i = 0; i < version.examples.size(); ++i) {
                files.append({at + u"examples/%1-user.txt"_s.arg(i + 1), version.examples[i].user});
                files.append({at + u"examples/%1-assistant.txt"_s.arg(i + 1), version.examples[i].assistant});
            }
        }
    }
    return files;
}

TemplateBundle read(const QList<BundleFile> &files, QList<ImportProblem> &problems)
{
    return Reader(files, problems).run();
}

ImportProblem placed(const BundledTemplate &one, const QString &pointer, const QString &message)
{
    static const QRegularExpression lineAtStart(u"^line (\\d+), "_s);
    const auto match = lineAtStart.match(message);
    const int line = match.hasMatch() ? match.captured(1).toInt() : 0;
    const QStringList parts = pointer.split(u'/');
    if (parts.value(1) != "versions"_L1)
        return {one.slug + u"/template.json"_s, line, pointer + u' ' + message};
    const int index = parts.value(2).toInt();
    const QString at =
        u"%1/%2/"_s.arg(one.slug).arg(index < one.versions.size() ? one.versions[index].version : index + 1);
    const QString field = parts.value(3);
    if (field == "systemPrompt"_L1)
        return {at + u"system.txt"_s, line, message};
    if (field == "userPrompt"_L1)
        return {at + u"user.txt"_s, line, message};
    if (field == "examples"_L1)
        return {at + u"examples/%1-%2.txt"_s.arg(parts.value(4).toInt() + 1).arg(parts.value(5)), line, message};
    if (field == "variablesSchema"_L1)
        return {at + u"variables.schema.json"_s, line, u'/' + parts.mid(4).join(u'/') + u' ' + message};
    return {at + u"version.json"_s, line, u'/' + parts.mid(3).join(u'/') + u' ' + message};
}

} // namespace BundleFiles
