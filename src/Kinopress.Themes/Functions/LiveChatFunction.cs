using System.Text;
using Kinopress.Themes.Rendering;
using Scriban.Runtime;

namespace Kinopress.Themes.Functions;

/// <summary>
/// <c>live_chat chat viewer</c>: the chat element, and inside it, for visitors without JavaScript, the last messages and a plain
/// form. Prints nothing without a chat. Reads <c>chat.mode</c>, <c>live_id</c>, <c>video_id</c>, <c>messages</c>, <c>send_url</c>,
/// <c>popout_url</c>, <c>sign_in_url</c>, <c>is_open</c>, <c>fade</c>, <c>error</c>, <c>text</c>; and of the viewer whether he is
/// signed in and his token.
/// </summary>
internal static class LiveChatFunction
{
    public static SafeHtml Print(FunctionCall call)
    {
        if (call.Object(0) is not { } chat)
        {
            return SafeHtml.Empty;
        }

        var viewer = call.Object(1) ?? [];
        var isSignedIn = viewer["signed_in"] is true;
        var markup = new StringBuilder("<kinopress-chat class=\"chat\"");
        Append(markup, "mode", Text(call, chat, "mode"));
        Append(markup, "live", Text(call, chat, "live_id"));
        Append(markup, "video", Text(call, chat, "video_id"));
        Append(markup, "popout-url", Address(call, chat, "popout_url"));
        Append(markup, "sign-in-url", Address(call, chat, "sign_in_url"));
        Append(markup, "fade", Text(call, chat, "fade"));
        Append(markup, "antiforgery-token", isSignedIn ? Text(call, viewer, "antiforgery_token") : null);
        markup.Append('>');
        AppendMessages(markup, call, chat);
        if (Address(call, chat, "send_url") is { } action && chat["is_open"] is true)
        {
            AppendForm(markup, call, chat, viewer, action, isSignedIn);
        }

        return SafeHtml.FromTrusted(markup.Append("</kinopress-chat>").ToString());
    }

    private static void AppendMessages(StringBuilder markup, FunctionCall call, ScriptObject chat)
    {
        markup.Append("<ol class=\"chat__plain\"");
        Append(markup, "aria-label", call.Locale.Say("chat.messages", null, []));
        markup.Append('>');
        foreach (var message in (chat["messages"] as ScriptArray ?? []).OfType<ScriptObject>())
        {
            markup.Append("<li class=\"chat__message\" dir=\"auto\"><strong>").Append(HtmlText.Encode(Text(call, message, "name") ?? "")).Append("</strong> ")
                .Append(HtmlText.Encode(Text(call, message, "text") ?? "")).Append("</li>");
        }

        markup.Append("</ol>");
    }

    private static void AppendForm(StringBuilder markup, FunctionCall call, ScriptObject chat, ScriptObject viewer, string action, bool isSignedIn)
    {
        if (!isSignedIn)
        {
            markup.Append("<p class=\"chat__plain-form\"><a");
            Append(markup, "href", Address(call, chat, "sign_in_url"));
            markup.Append('>').Append(Say(call, "chat.sign_in")).Append("</a></p>");
            return;
        }

        if (Text(call, chat, "error") is { } error)
        {
            markup.Append("<p class=\"chat__error\" role=\"alert\">").Append(HtmlText.Encode(error)).Append("</p>");
        }

        markup.Append("<form class=\"chat__plain-form\" method=\"post\"");
        Append(markup, "action", action);
        markup.Append("><input type=\"hidden\"");
        Append(markup, "name", Text(call, viewer, "antiforgery_field"));
        Append(markup, "value", Text(call, viewer, "antiforgery_token"));
        markup.Append("><input class=\"chat__field\" name=\"text\" maxlength=\"500\" required autocomplete=\"off\"");
        Append(markup, "aria-label", call.Locale.Say("chat.write", null, []));
        Append(markup, "value", Text(call, chat, "text"));
        markup.Append("><button class=\"button button--primary\">").Append(Say(call, "chat.send")).Append("</button></form>");
    }

    private static string? Address(FunctionCall call, ScriptObject from, string name) =>
        Text(call, from, name) is { } address && UrlPolicy.Check(address) is { } allowed && allowed != UrlPolicy.Refused ? allowed : null;

    private static string? Text(FunctionCall call, ScriptObject from, string name) =>
        call.Print(from[name]) is { Length: > 0 } text ? text : null;

    private static string Say(FunctionCall call, string key) => HtmlText.Encode(call.Locale.Say(key, null, []));

    private static void Append(StringBuilder markup, string name, string? value)
    {
        if (value is not null)
        {
            markup.Append(' ').Append(name).Append("=\"").Append(HtmlText.Encode(value)).Append('"');
        }
    }
}
