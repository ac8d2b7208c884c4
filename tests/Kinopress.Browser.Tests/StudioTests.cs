using Kinopress.Browser.Tests.Support;
using Kinopress.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kinopress.Browser.Tests;

/// <summary>The owner's work, each journey on a site of its own.</summary>
public sealed class StudioTests(Chromium chromium) : IAsyncLifetime
{
    private RunningSite? _site;
    private Visit? _visit;
    private string _token = "";

    private RunningSite Site => _site ?? throw new InvalidOperationException("The site has not started.");

    private Visit Visit => _visit ?? throw new InvalidOperationException("Nobody has come yet.");

    private IPage Page => Visit.Page;

    public async ValueTask InitializeAsync()
    {
        _site = await RunningSite.StartAsync();
        _token = await _site.SetUpAsync();
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
    public async Task Details_are_edited_published_and_taken_back()
    {
        await Page.GotoAsync($"/studio/videos/{await AddVideoAsync()}");
        await Page.GetByLabel("Tags").FillAsync(string.Join(", ", Enumerable.Range(0, 60).Select(number => $"tag{number}")));
        await Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(Page.Locator("#tags-error")).ToBeVisibleAsync();
        await Expect(Page.GetByLabel("Tags")).ToHaveAttributeAsync("aria-invalid", "true");

        await Page.GetByLabel("Tags").FillAsync("river, morning");
        await Page.GetByLabel("Title", new() { Exact = true }).FillAsync("A river at dusk");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status).GetByText("Saved.")).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "A river at dusk" })).ToBeVisibleAsync();

        await Page.GetByRole(AriaRole.Button, new() { Name = "Publish", Exact = true }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "View on your site" })).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Unpublish" }).ClickAsync();
        await Expect(Page.GetByText("A draft. Only you can see it.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_deleted_video_comes_back_by_undo_and_goes_for_good_from_the_trash()
    {
        await AddVideoAsync();
        await Page.GotoAsync("/studio/videos");
        await MenuAsync("Delete");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Page.GotoAsync("/studio/videos");
        await Expect(Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "A river at dawn", Exact = true })).ToBeVisibleAsync();

        await MenuAsync("Delete");
        await Page.GotoAsync("/studio/videos?tab=trash");
        await MenuAsync("Delete for good");
        await Expect(Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("A river at dawn");
        await Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Keep it" }).ClickAsync();
        await MenuAsync("Delete for good");
        await Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete for good" }).ClickAsync();
        await Expect(Page.GetByText("The trash is empty")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Control_K_jumps_to_a_video_by_a_word_of_its_title()
    {
        var video = await AddVideoAsync();
        await Page.GotoAsync("/studio/settings");

        await Page.Keyboard.PressAsync("Control+k");
        await Page.GetByRole(AriaRole.Combobox, new() { Name = "Jump to" }).FillAsync("river");
        await Expect(Page.GetByRole(AriaRole.Option, new() { Name = "A river at dawn" })).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("Enter");

        await Expect(Page).ToHaveURLAsync(Pattern.Of($"/studio/videos/{video}$"));
    }

    [Fact]
    public async Task A_token_is_shown_once_and_can_be_revoked()
    {
        await Page.GotoAsync("/studio/account");
        await Page.GetByLabel("Name of the new token").FillAsync("Phone");
        await Page.Locator(".token-scopes input").First.CheckAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Make a token" }).ClickAsync();
        await Expect(Page.GetByLabel("New token", new() { Exact = true })).ToHaveValueAsync(Pattern.Of("^.{20,}$"));

        await Page.GotoAsync("/studio/account");
        await Expect(Page.GetByLabel("New token", new() { Exact = true })).ToHaveCountAsync(0);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Revoke Phone" }).ClickAsync();
        await Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();

        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Revoke Phone" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_password_is_changed_after_a_mistake_is_shown_by_its_field()
    {
        await Page.GotoAsync("/studio/account");
        await ChangePasswordAsync("not the password");
        await Expect(Page.Locator("#currentPassword-error")).ToBeVisibleAsync();

        await ChangePasswordAsync(RunningSite.OwnerPassword);
        await Expect(Page.GetByText("Your password is changed")).ToBeVisibleAsync();

        await using var elsewhere = await Visit.BeginAsync(chromium, Site.Address);
        await elsewhere.SignInAsync(RunningSite.OwnerEmail, "another horse battery staple");
    }

    [Fact]
    public async Task A_renamed_open_site_takes_viewers_who_cannot_enter_Studio()
    {
        await Page.GotoAsync("/studio/settings");
        await Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Harbour Films");
        await Page.GetByRole(AriaRole.Switch).CheckAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status).GetByText("Saved.")).ToBeVisibleAsync();

        await using var viewer = await Visit.BeginAsync(chromium, Site.Address);
        await viewer.Page.GotoAsync("/");
        await Expect(viewer.Page.Locator(".wordmark__name")).ToHaveTextAsync("Harbour Films");
        await viewer.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await viewer.Page.GetByRole(AriaRole.Link, new() { Name = "Create an account" }).ClickAsync();
        await viewer.Page.GetByLabel("Name").FillAsync("Vera Viewer");
        await viewer.Page.GetByLabel("Email").FillAsync("vera@example.org");
        await viewer.Page.GetByLabel("Password").FillAsync("a long enough password");
        await viewer.Page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await Expect(viewer.Page.Locator(".header .avatar")).ToBeVisibleAsync();
        Findings.AssertNone(viewer.Complaints);

        await viewer.Page.GotoAsync("/studio/videos");
        await Expect(viewer.Page).ToHaveURLAsync(Site.Address.ToString());
        await Expect(viewer.Page.GetByRole(AriaRole.Link, new() { Name = "Studio" })).ToHaveCountAsync(0);
    }

    private async Task<string> AddVideoAsync()
    {
        using var videos = new VideoClient(Site.Address, _token);
        var video = await videos.UploadAsync(await SampleFilms.ShortAsync(), "A river at dawn");
        await videos.WaitAsync(video, "ready", "playable");
        return video;
    }

    private async Task ChangePasswordAsync(string current)
    {
        await Page.GetByLabel("Current password").FillAsync(current);
        await Page.GetByLabel("New password").FillAsync("another horse battery staple");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Change password" }).ClickAsync();
    }

    private async Task MenuAsync(string item)
    {
        await Page.GetByLabel("More for A river at dawn").ClickAsync();
        await Page.Locator(".menu-list").GetByRole(AriaRole.Button, new() { Name = item, Exact = true }).ClickAsync();
    }
}
