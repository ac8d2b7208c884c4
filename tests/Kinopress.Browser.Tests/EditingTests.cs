using Kinopress.Browser.Tests.Support;
using Kinopress.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kinopress.Browser.Tests;

/// <summary>What is typed into a video's page is not lost, each journey on a site of its own.</summary>
public sealed class EditingTests(Chromium chromium) : IAsyncLifetime
{
    private RunningSite? _site;
    private Visit? _visit;
    private string _video = "";

    private Visit Visit => _visit ?? throw new InvalidOperationException("Nobody has come yet.");

    private IPage Page => Visit.Page;

    public async ValueTask InitializeAsync()
    {
        _site = await RunningSite.StartAsync();
        using var videos = new VideoClient(_site.Address, await _site.SetUpAsync());
        _video = await videos.UploadAsync(await SampleFilms.ShortAsync(), "A river at dawn");
        await videos.WaitAsync(_video, "ready");
        _visit = await Visit.BeginAsync(chromium, _site.Address, new VisitOptions { Session = await OwnerSession.BeginAsync(_site.Address) });
    }

    public async ValueTask DisposeAsync()
    {
        if (_visit is not null)
        {
            await _visit.DisposeAsync();
        }

        if (_site is not null)
        {
            await _site.DisposeAsync();
        }
    }

    [Fact]
    public async Task What_was_typed_comes_back_after_a_session_that_ended_in_another_tab()
    {
        await OpenAsync();
        await Page.GetByLabel("Description").FillAsync("An hour of work");
        await Page.GetByLabel("Unlisted").CheckAsync();
        var other = await Visit.Context.NewPageAsync();
        await other.GotoAsync("/");
        await other.Locator("summary.menu__toggle").ClickAsync();
        await other.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        await Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(Page.GetByText("You were signed out meanwhile")).ToBeVisibleAsync();
        await Page.GetByLabel("Email").FillAsync(RunningSite.OwnerEmail);
        await Page.GetByLabel("Password").FillAsync(RunningSite.OwnerPassword);
        await Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await Expect(Page.GetByText("What you typed before is back")).ToBeVisibleAsync();
        await Expect(Page.GetByLabel("Description")).ToHaveValueAsync("An hour of work");
        await Expect(Page.GetByLabel("Unlisted")).ToBeCheckedAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status).GetByText("Saved.")).ToBeVisibleAsync();
        await Page.ReloadAsync();
        await Expect(Page.GetByText("What you typed before is back")).ToHaveCountAsync(0);
        await Expect(Page.GetByLabel("Description")).ToHaveValueAsync("An hour of work");
    }

    [Fact]
    public async Task Publish_saves_what_was_typed_and_asks_nothing()
    {
        var dialogs = new List<string>();
        await OpenAsync();
        Page.Dialog += async (_, dialog) =>
        {
            dialogs.Add(dialog.Type);
            await dialog.AcceptAsync();
        };

        await Page.GetByLabel("Title", new() { Exact = true }).FillAsync("Only for us");
        await Page.GetByLabel("Private").CheckAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Publish", Exact = true }).ClickAsync();

        await Expect(Page.GetByRole(AriaRole.Status).GetByText("Published.")).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Only for us" })).ToBeVisibleAsync();
        await Expect(Page.GetByLabel("Private")).ToBeCheckedAsync();
        await Expect(Page).ToHaveURLAsync(Pattern.Of($"/studio/videos/{_video}$"));
        Assert.Empty(dialogs);
        Findings.AssertNone(Visit.Complaints);
    }

    [Fact]
    public async Task Chapters_are_typed_beside_the_preview_and_part_the_film_on_its_page()
    {
        await OpenAsync();
        var lines = Page.GetByLabel("One chapter a line");
        await lines.FillAsync("0:00 Dawn");
        await Page.WaitForFunctionAsync("() => document.querySelector('kinopress-player video')?.readyState > 0");

        await Page.EvaluateAsync("() => { document.querySelector('kinopress-player video').currentTime = 1.4; }");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Add at current position" }).ClickAsync();
        await Page.Keyboard.TypeAsync("Boats");
        await Expect(lines).ToHaveValueAsync("0:00 Dawn\n0:01 Boats");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Save chapters" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status).GetByText("Saved.")).ToBeVisibleAsync();
        await Expect(lines).ToHaveValueAsync("0:00 Dawn\n0:01 Boats");

        await Page.GotoAsync($"/watch/{_video}");
        await Page.WaitForFunctionAsync("() => [...(document.querySelector('kinopress-player video')?.textTracks ?? [])].find((track) => track.kind === 'chapters')?.cues?.length > 0");
        var chapters = await Page.EvaluateAsync<string[]>(
            "() => [...[...document.querySelector('kinopress-player video').textTracks].find((track) => track.kind === 'chapters').cues].map((cue) => `${cue.startTime} ${cue.text}`)");
        Assert.Equal(["0 Dawn", "1 Boats"], chapters);
        await Page.EvaluateAsync("() => { window.isTheSamePage = true; }");
        await Page.GetByRole(AriaRole.Link, new() { Name = "0:01 Boats" }).ClickAsync();
        await Expect(Page.Locator(".chapters__link[aria-current]")).ToContainTextAsync("Boats");
        Assert.True(await Page.EvaluateAsync<bool>("() => window.isTheSamePage && document.querySelector('video').currentTime >= 0.9"));
        Findings.AssertNone(Visit.Complaints);
    }

    private async Task OpenAsync() => await Page.GotoAsync($"/studio/videos/{_video}");
}
