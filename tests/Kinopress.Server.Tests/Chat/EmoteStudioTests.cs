using System.Net;
using Kinopress.Testing;

namespace Kinopress.Server.Tests.Chat;

/// <summary>Studio's page of the site's own emotes, without JavaScript.</summary>
public sealed class EmoteStudioTests
{
    private const string Page = "/studio/chat/emotes";

    [Fact]
    public async Task The_page_is_reached_from_a_chat_and_leads_back()
    {
        await using var site = await EmoteSite.StartAsync();
        var live = await site.AddLiveAsync();
        var studio = await site.BrowserAsync("owner");

        var address = (await studio.OpenAsync($"/studio/lives/{live}/chat")).QuerySelector("a[href*='/chat/emotes']")?.GetAttribute("href") ?? "";
        var page = await studio.OpenAsync(address);

        Assert.Contains("No emotes yet", page.Body?.TextContent, StringComparison.Ordinal);
        Assert.Equal($"/studio/lives/{live}/chat", page.QuerySelector("a.page-back")?.GetAttribute("href"));
        using var answer = await SendAsync(studio, address, "wave2", EmoteSite.Png());
        Assert.Equal($"{Page}?live={live}&done=emote-added", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task An_emote_is_added_shown_and_deleted()
    {
        await using var site = await EmoteSite.StartAsync();
        var studio = await site.BrowserAsync("owner");

        using var added = await SendAsync(studio, Page, "wave2", EmoteSite.Gif(3));
        var page = await studio.OpenAsync(Page);
        var picture = page.QuerySelector(".emote-picture");
        var button = page.QuerySelector("form[action$='/delete']");
        using var deleted = await studio.SubmitAsync(Page, button?.GetAttribute("action") ?? "");

        Assert.Equal($"{Page}?done=emote-added", added.Headers.Location?.OriginalString);
        Assert.Equal(":wave2:Moves", page.QuerySelector(".emote-name")?.TextContent.Trim());
        Assert.Matches("^/media/e/[0-9a-f]{24}/56.webp$", picture?.GetAttribute("src"));
        Assert.Contains("Delete :wave2:?", button?.GetAttribute("data-confirm"), StringComparison.Ordinal);
        Assert.Equal($"{Page}?done=emote-deleted", deleted.Headers.Location?.OriginalString);
        Assert.Contains("No emotes yet", (await studio.OpenAsync(Page)).Body?.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("two words", 64, "name", "2 to 20 letters", HttpStatusCode.BadRequest)]
    [InlineData("heart", 64, "name", "already", HttpStatusCode.Conflict)]
    [InlineData("wave2", 5000, "picture", "4096 pixels", HttpStatusCode.UnprocessableEntity)]
    [InlineData("wave2", 0, "picture", "Choose a picture", HttpStatusCode.BadRequest)]
    public async Task What_is_wrong_stands_at_its_field_and_the_name_is_kept(string name, int width, string field, string words, HttpStatusCode status)
    {
        await using var site = await EmoteSite.StartAsync();
        var studio = await site.BrowserAsync("owner");

        using var answer = await SendAsync(studio, Page, name, width == 0 ? null : EmoteSite.Png(width));
        var page = await studio.ReadAsync(answer);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(words, page.QuerySelector($"#{field}-error")?.TextContent, StringComparison.Ordinal);
        Assert.Equal(name, page.QuerySelector("#name")?.GetAttribute("value"));
        Assert.NotNull(page.QuerySelector(".error-summary"));
        Assert.Empty(site.EmoteFiles());
    }

    [Fact]
    public async Task A_file_of_some_megabytes_hears_why_it_is_not_taken()
    {
        await using var site = await EmoteSite.StartAsync();
        var studio = await site.BrowserAsync("owner");

        using var answer = await SendAsync(studio, Page, "wave2", [.. EmoteSite.Png(), .. new byte[5_000_000]]);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("at most 1 MB", (await studio.ReadAsync(answer)).QuerySelector("#picture-error")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_antiforgery_token_nothing_is_taken()
    {
        await using var site = await EmoteSite.StartAsync();
        var studio = await site.BrowserAsync("owner");
        using var form = new MultipartFormDataContent { { new StringContent("wave2"), "name" }, { new ByteArrayContent(EmoteSite.Png()), "picture", "wave.png" } };

        using var answer = await studio.Http.PostAsync(Page, form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty((await site.Stranger().Chat.ListEmotesAsync()).Items);
    }

    [Fact]
    public async Task Who_may_not_manage_them_finds_no_page_and_no_way_to_it()
    {
        await using var site = await EmoteSite.StartAsync();
        var live = await site.AddLiveAsync();
        var studio = await site.BrowserAsync("creator");

        using var page = await studio.GetAsync(Page);
        using var sent = await SendAsync(studio, $"/studio/lives/{live}/chat", Page, "wave2", EmoteSite.Png());

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (page.StatusCode, sent.StatusCode));
        Assert.Null((await studio.OpenAsync($"/studio/lives/{live}/chat")).QuerySelector("a[href*='/chat/emotes']"));
        Assert.Empty((await site.Stranger().Chat.ListEmotesAsync()).Items);
    }

    private static Task<HttpResponseMessage> SendAsync(TestBrowser studio, string page, string name, byte[]? picture) => SendAsync(studio, page, page, name, picture);

    private static async Task<HttpResponseMessage> SendAsync(TestBrowser studio, string page, string target, string name, byte[]? picture)
    {
        var token = (await studio.OpenAsync(page)).QuerySelector("main form input[type=hidden]");
        using var form = new MultipartFormDataContent
        {
            { new StringContent(token?.GetAttribute("value") ?? ""), token?.GetAttribute("name") ?? "" },
            { new StringContent(name), "name" },
        };
        if (picture is not null)
        {
            form.Add(new ByteArrayContent(picture), "picture", "wave.png");
        }

        return await studio.Http.PostAsync(target, form);
    }
}
