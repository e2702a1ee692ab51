// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/emoji_choices.h"

using namespace Qt::StringLiterals;

const QList<CompletionChoice> &emojiChoices()
{
    static const QList<CompletionChoice> choices = [] {
        const std::pair<const char16_t *, const char16_t *> known[] = {
            {u"thumbsup", u"👍"}, {u"thumbsdown", u"👎"},   {u"heart", u"❤️"},  {u"smile", u"😄"},
            {u"joy", u"😂"},      {u"wink", u"😉"},         {u"thinking", u"🤔"}, {u"cry", u"😢"},
            {u"tada", u"🎉"},     {u"eyes", u"👀"},         {u"pray", u"🙏"},        {u"clap", u"👏"},
            {u"fire", u"🔥"},     {u"rocket", u"🚀"},       {u"star", u"⭐"},        {u"check", u"✅"},
            {u"cross", u"❌"},    {u"warning", u"⚠️"}, {u"question", u"❓"},    {u"bulb", u"💡"},
            {u"bug", u"🐛"},      {u"wrench", u"🔧"},       {u"lock", u"🔒"},        {u"hourglass", u"⏳"},
            {u"calendar", u"📅"}, {u"memo", u"📝"},         {u"package", u"📦"},     {u"chart", u"📈"},
            {u"money", u"💰"},    {u"coffee", u"☕"},       {u"wave", u"👋"},        {u"handshake", u"🤝"},
            {u"muscle", u"💪"},   {u"hundred", u"💯"},      {u"sparkles", u"✨"},    {u"robot", u"🤖"},
            {u"sun", u"☀️"}, {u"rain", u"🌧️"},   {u"ok", u"👌"},          {u"facepalm", u"🤦"}};
        QList<CompletionChoice> list;
        for (const auto &[name, sign] : known)
            list.append({{}, QString::fromUtf16(name), QString::fromUtf16(sign), QString::fromUtf16(sign)});
        return list;
    }();
    return choices;
}
