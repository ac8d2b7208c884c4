using Kinopress.Core.Features.Videos;
using Read = Kinopress.Core.Features.Videos.VideoView;

namespace Kinopress.Server.Studio.Videos;

/// <summary>The form of a video, with the choices it offers.</summary>
internal static class VideoFormChoices
{
    private static readonly IReadOnlyList<Choice> Categories = Named(
        "Film", "Animation", "Documentary", "Music", "Comedy", "Gaming", "Sport", "News", "Education", "Science and technology", "How-to", "Travel", "Food", "People", "Religion", "Other");

    private static readonly IReadOnlyList<Choice> Licences = Named(
        "All rights reserved", "CC BY 4.0", "CC BY-SA 4.0", "CC BY-ND 4.0", "CC BY-NC 4.0", "CC BY-NC-SA 4.0", "CC BY-NC-ND 4.0", "CC0 1.0");

    private static readonly IReadOnlyList<Choice> Languages =
    [
        new("", "Not said"), new("ar", "العربية"), new("cs", "Čeština"), new("da", "Dansk"), new("de", "Deutsch"), new("el", "Ελληνικά"),
        new("en", "English"), new("es", "Español"), new("fa", "فارسی"), new("fi", "Suomi"), new("fr", "Français"), new("he", "עברית"),
        new("hi", "हिन्दी"), new("hu", "Magyar"), new("id", "Indonesia"), new("it", "Italiano"), new("ja", "日本語"), new("ko", "한국어"),
        new("nl", "Nederlands"), new("no", "Norsk"), new("pl", "Polski"), new("pt", "Português"), new("ro", "Română"), new("ru", "Русский"),
        new("sv", "Svenska"), new("tr", "Türkçe"), new("uk", "Українська"), new("vi", "Tiếng Việt"), new("zh", "中文"),
    ];

    private static readonly IReadOnlyList<Choice> Visibilities =
    [
        new("public", "Public", "Everybody can find and watch it."),
        new("unlisted", "Unlisted", "Whoever has the link can watch it. It is in no list."),
        new("internal", "Signed in", "Only people with an account on this site."),
        new("private", "Private", "Only you and those who manage videos here."),
    ];

    /// <param name="edit">What was posted and refused; null to show what is stored.</param>
    public static VideoForm Form(Read video, VideoEdit? edit) => new(
        video.Revision,
        edit?.Title ?? video.Title,
        edit?.Description ?? video.Description ?? "",
        string.Join(", ", edit?.Tags ?? video.Tags),
        edit?.Category ?? video.Category ?? "",
        edit?.Language ?? video.Language ?? "",
        edit?.Licence ?? video.Licence ?? "",
        edit?.Visibility ?? VisibilityName.Of(video.Visibility),
        With(Categories, edit?.Category ?? video.Category),
        With(Languages, edit?.Language ?? video.Language),
        With(Licences, edit?.Licence ?? video.Licence),
        Visibilities);

    private static IReadOnlyList<Choice> Named(params string[] names) => [new("", "Not said"), .. names.Select(name => new Choice(name, name))];

    // What came through the API may be none of ours; the form must not lose it.
    private static IReadOnlyList<Choice> With(IReadOnlyList<Choice> choices, string? value) =>
        string.IsNullOrEmpty(value) || choices.Any(choice => choice.Value == value) ? choices : [.. choices, new Choice(value, value)];
}
