using System.Text.RegularExpressions;
using Kinopress.Browser.Tests.Support;
using Kinopress.Client;
using Kinopress.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kinopress.Browser.Tests;

/// <summary>A site's own emotes, from Studio to whoever reads the chat.</summary>
public sealed partial class EmoteTests(Chromium chromium)
{
    [Fact]
    public async Task A_picture_added_in_Studio_is_chosen_in_one_browser_and_seen_in_others()
    {
        var picture = await SampleFilms.MakeAsync("emote-moves.gif", "-f lavfi -i testsrc2=s=64x64:r=10 -t 1");
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Processes = null });
        var live = (await (await site.ClientAsync("creator")).Lives.CreateAsync(new LiveEdit { Title = "Evening show" })).PublicId;
        await using var viewer = await ComeInAsync(site, live, "viewer");
        await using var other = await ComeInAsync(site, live, "creator");
        await using var overlay = await Visit.BeginAsync(chromium, site.Address);
        await overlay.Page.GotoAsync($"/chat/{live}/overlay?size=large");
        await using var owner = await Visit.BeginAsync(chromium, site.Address);
        await owner.SignInAsync(TestPeople.EmailOf("owner"), TestPeople.Password);

        await owner.Page.GotoAsync($"/studio/lives/{live}/chat");
        await owner.Page.GetByRole(AriaRole.Link, new() { Name = "Manage emotes" }).ClickAsync();
        await owner.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("popcorn_time");
        await owner.Page.GetByLabel("Picture").SetInputFilesAsync(picture);
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "Add emote" }).ClickAsync();
        await Expect(owner.Page.Locator(".toast")).ToContainTextAsync("can use it now");

        // By keyboard alone: find, choose, send.
        await viewer.Page.Locator(".chat__picker summary").FocusAsync();
        await viewer.Page.Keyboard.PressAsync("Enter");
        await Expect(viewer.Page.GetByLabel("Find an emote")).ToBeFocusedAsync();
        await viewer.Page.Keyboard.TypeAsync("time");
        await Expect(viewer.Page.Locator(".chat__emote:visible")).ToHaveCountAsync(1);
        await viewer.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(viewer.Page.GetByRole(AriaRole.Button, new() { Name = "popcorn_time" })).ToBeFocusedAsync();
        await viewer.Page.Keyboard.PressAsync("Enter");
        await Expect(viewer.Page.GetByLabel("Say something")).ToHaveValueAsync(":popcorn_time: ");
        await viewer.Page.Keyboard.TypeAsync("<img src=x> :heart:");
        await viewer.Page.Keyboard.PressAsync("Enter");

        foreach (var page in (IPage[])[viewer.Page, other.Page, overlay.Page])
        {
            var drawn = page.Locator(".chat__text img");
            await Expect(drawn).ToHaveAttributeAsync("alt", ":popcorn_time:");
            // Asked again until it holds: what one has sent is drawn anew when it comes back from the site.
            await Expect(drawn).ToHaveCSSAsync("display", "inline-block");
            await Expect(drawn).ToHaveAttributeAsync("src", EmotePicture());
            await Eventually.HoldsAsync(() => drawn.EvaluateAsync<bool>("image => image.complete && image.naturalWidth > 0"), "the picture is loaded");
            await Expect(Text(page, "<img src=x> ❤️")).ToBeVisibleAsync();
        }

        Assert.Empty(viewer.Complaints.Concat(other.Complaints).Concat(overlay.Complaints).Concat(owner.Complaints));
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "Delete :popcorn_time:" }).ClickAsync();
        await owner.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();

        await Expect(Text(other.Page, ":popcorn_time: <img src=x> ❤️")).ToBeVisibleAsync();
        await Expect(other.Page.Locator(".chat__text img")).ToHaveCountAsync(0);
        await Expect(overlay.Page.Locator(".chat__text img")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Messages_said_before_an_emote_was_there_show_it_and_a_replay_does_too()
    {
        var picture = await SampleFilms.MakeAsync("emote-half.png", "-f lavfi -i color=red@0.5:s=300x200,format=rgba -frames:v 1");
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Processes = null, RunsJobs = false });
        var chat = (await site.ClientAsync("owner")).Chat;
        var live = (await (await site.ClientAsync("creator")).Lives.CreateAsync(new LiveEdit { Title = "Evening show" })).PublicId;
        var session = await site.StartLiveAsync(live);
        var first = (await chat.SendAsync(live, "look :half: at this")).Message;
        await (await site.ClientAsync("creator")).Chat.PinAsync(live, first.Id);
        await using var popOut = await Visit.BeginAsync(chromium, site.Address);
        await popOut.Page.GotoAsync($"/chat/{live}");
        await Expect(popOut.Page.Locator(".chat__text")).ToHaveTextAsync("look :half: at this");

        await using (var file = File.OpenRead(picture))
        {
            await chat.AddEmoteAsync("half", file);
        }

        await Expect(popOut.Page.Locator(".chat__text img")).ToHaveAttributeAsync("alt", ":half:");
        await Expect(popOut.Page.Locator(".chat__pinned img")).ToHaveAttributeAsync("alt", ":half:");
        var video = (await site.EndLiveAsync(session.Id, await site.RecordAsync(session))).ReplayPublicId ?? "";
        await popOut.Page.GotoAsync($"/watch/{video}");
        await popOut.Page.EvaluateAsync("() => Object.defineProperty(document.querySelector('video'), 'currentTime', { get: () => 30 })"); // this recording has no pictures
        await Expect(popOut.Page.Locator(".chat__text img")).ToHaveAttributeAsync("alt", ":half:");
    }

    private async Task<Visit> ComeInAsync(TestSite site, string live, string person)
    {
        var visit = await Visit.BeginAsync(chromium, site.Address);
        await visit.SignInAsync(TestPeople.EmailOf(person), TestPeople.Password);
        await visit.Page.GotoAsync($"/watch/{live}");
        await Expect(visit.Page.GetByLabel("Say something")).ToBeVisibleAsync();
        return visit;
    }

    private static ILocator Text(IPage page, string text) => page.Locator(".chat__message .chat__text", new() { HasTextString = text });

    [GeneratedRegex("^/media/e/[0-9a-f]{24}/28[.]webp$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EmotePicture();
}
