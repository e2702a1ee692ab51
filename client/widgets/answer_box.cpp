// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/answer_box.h"

#include "client/design/theme.h"
#include "client/widgets/button.h"
#include "client/widgets/corner_tools.h"
#include "client/widgets/layout.h"
#include "client/widgets/markdown.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QElapsedTimer>
#include <QEvent>
#include <QGuiApplication>
#include <QLocale>
#include <QScrollBar>
#include <QTextEdit>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype folded = 50'000; // characters shown before "Show all"
constexpr int copiedTime = 1500; // ms
constexpr int frameTime = 33; // ms between two renderings of a stream, if they are quick
constexpr int restAfterWork = 8; // a rendering is followed by a pause so many times as long

class AnswerText : public QTextEdit
{
public:
    AnswerText() { setViewportMargins(0, 0, CornerTools::width(), 0); }
};

bool isCode(const QString &text)
{
    const auto first = std::find_if_not(text.begin(), text.end(), [](QChar c) { return c.isSpace(); });
    return first != text.end() && (*first == u'{' || *first == u'[');
}

} // namespace

AnswerBox::AnswerBox(const QString &accessibleName, QWidget *parent)
    : QWidget(parent),
      m_edit(new AnswerText),
      m_document(new MarkdownDocument(m_edit)),
      m_copy(new IconButton(u"copy"_s, tr("Copy"))),
      m_source(new IconButton(u"code"_s, tr("Show as it came"))),
      m_more(new Button({}, {}, ButtonVariant::Ghost))
{
    m_document->setDocumentMargin(theme().px(Length::Space8));
    m_document->setUndoRedoEnabled(false);
    m_edit->setDocument(m_document);
    m_edit->setReadOnly(true);
    m_edit->setAccessibleName(accessibleName);
    m_edit->setProperty("fill", int(ColorRole::CodeBackground));
    m_edit->setTabChangesFocus(true);
    m_edit->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_edit->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_source->setCheckable(true);
    m_tools = new CornerTools(*m_edit, {m_copy, m_source});
    m_more->hide();
    setLayout(layout::column({layout::wide(m_edit), m_more}, Length::Space4));

    m_rendering.setSingleShot(true);
    m_rendering.setInterval(frameTime);
    connect(&m_rendering, &QTimer::timeout, this, &AnswerBox::render);
    connect(m_source, &QToolButton::toggled, this, &AnswerBox::render);
    connect(m_copy, &QToolButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_text);
        m_copy->setIconName(u"check"_s, ColorRole::Success);
        QTimer::singleShot(copiedTime, m_copy, [this] { m_copy->setIconName(u"copy"_s); });
    });
    connect(m_more, &QPushButton::clicked, this, [this] {
        m_unfolded = true;
        render();
    });
    connect(&theme(), &Theme::changed, this, &AnswerBox::render);
    render();
}

void AnswerBox::setText(const QString &text)
{
    if (text == m_text)
        return;
    const bool isNew = m_text.isEmpty(); // otherwise the end of a stream: the place stays
    m_text = text;
    m_unfolded = false;
    render();
    if (isNew)
        m_edit->verticalScrollBar()->setValue(0);
}

void AnswerBox::append(const QString &piece)
{
    if (piece.isEmpty())
        return;
    m_text += piece;
    if (!m_rendering.isActive())
        m_rendering.start();
}

void AnswerBox::setPlaceholder(const QString &text) { m_edit->setPlaceholderText(text); }

QSize AnswerBox::sizeHint() const { return {theme().px(Length::DetailMinimum), theme().px(Length::CardMinimum)}; }

void AnswerBox::render()
{
    m_rendering.stop();
    QElapsedTimer work;
    work.start();
    const bool cut = m_text.size() > folded && !m_unfolded;
    m_more->setVisible(cut);
    if (cut)
        m_more->setText(tr("Show all %1").arg(QLocale().formattedDataSize(m_text.toUtf8().size())));
    for (IconButton *tool : {m_copy, m_source})
        tool->setVisible(!m_text.isEmpty());
    m_tools->arrange();
    showForm(cut ? m_text.left(folded) : m_text);
    m_rendering.setInterval(std::max<int>(frameTime, int(work.elapsed()) * restAfterWork));
}

void AnswerBox::showForm(const QString &shown)
{
    QScrollBar *bar = m_edit->verticalScrollBar();
    const int place = bar->value();
    const QTextCursor selected = m_edit->textCursor();
    const bool atEnd = place >= bar->maximum() - m_edit->fontMetrics().height() && !selected.hasSelection();
    if (m_source->isChecked())
        m_document->showCode(shown);
    else if (isCode(shown))
        m_document->showCode(indentedJson(shown).value_or(shown));
    else
        m_document->showMarkdown(shown);
    if (selected.hasSelection()) {
        const int last = m_document->characterCount() - 1;
        QTextCursor again(m_document);
        again.setPosition(std::min(selected.anchor(), last));
        again.setPosition(std::min(selected.position(), last), QTextCursor::KeepAnchor);
        m_edit->setTextCursor(again);
    }
    bar->setValue(atEnd ? bar->maximum() : place);
}

void AnswerBox::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void AnswerBox::retranslate()
{
    m_copy->setName(tr("Copy"));
    m_source->setName(tr("Show as it came"));
    render();
}
