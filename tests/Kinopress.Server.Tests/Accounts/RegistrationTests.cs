using System.Net;
using Kinopress.Client;
using Kinopress.Server.Tests.Support;
using Kinopress.Testing;

namespace Kinopress.Server.Tests.Accounts;

public sealed class RegistrationTests
{
    private static readonly Registration Newcomer = new("Nina", "nina@example.org", "a password of hers");

    [Fact]
    public async Task A_closed_site_takes_nobody()
    {
        await using var site = await TestSite.StartAsync();

        using var page = await site.Http.GetAsync("/register");

        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
        await Refusals.IsRefusedAsync("account.registration_closed", () => site.Stranger().Account.RegisterAsync(Newcomer));
    }

    [Fact]
    public async Task An_open_site_makes_a_viewer_of_whoever_comes()
    {
        await using var site = await OpenSiteAsync();

        var account = await site.Stranger().Account.RegisterAsync(Newcomer);

        Assert.Equal(("Nina", "viewer"), (account.Name, account.Role));
        using var signIn = await site.Browser().SignInAsync(Newcomer.Email, Newcomer.Password);
        Assert.Equal(HttpStatusCode.Found, signIn.StatusCode);
    }

    [Fact]
    public async Task The_form_signs_in_at_once()
    {
        await using var site = await OpenSiteAsync();
        var browser = site.Browser();

        using var answer = await browser.SubmitAsync(
            "/register", "/register", ("name", "Nina"), ("email", Newcomer.Email), ("password", Newcomer.Password));
        using var account = await browser.GetAsync("/rest/v1/account");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, account.StatusCode);
    }

    [Theory]
    [InlineData("/watch/11111111111", "/watch/11111111111")]
    [InlineData("//evil.example/", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("/\\evil.example/", "/")]
    public async Task The_way_back_is_kept_from_page_to_page_and_leads_to_no_other_site(string returnUrl, string target)
    {
        await using var site = await OpenSiteAsync();
        var browser = site.Browser();
        var login = await browser.OpenAsync($"/login?returnUrl={Uri.EscapeDataString(returnUrl)}");
        var register = login.QuerySelector("a[href^='/register']")?.GetAttribute("href") ?? "";
        var back = (await browser.OpenAsync(register)).QuerySelector("a[href^='/login?'], .sheet__other a[href='/login']")?.GetAttribute("href");

        using var refused = await browser.SubmitAsync(register, "/register", ("name", "Nina"), ("email", "no-at-sign"), ("password", Newcomer.Password));
        var kept = (await browser.ReadAsync(refused)).QuerySelector("input[name=return_url]")?.GetAttribute("value");
        using var answer = await browser.SubmitAsync(register, "/register", ("name", "Nina"), ("email", Newcomer.Email), ("password", Newcomer.Password));

        Assert.Equal(target == "/" ? "/login" : $"/login?returnUrl={Uri.EscapeDataString(target)}", back);
        Assert.Equal(target == "/" ? null : target, kept);
        Assert.Equal(target, answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_form_that_was_tampered_with_leads_to_no_other_site()
    {
        await using var site = await OpenSiteAsync();

        using var answer = await site.Browser().SubmitAsync(
            "/register", "/register", ("name", "Nina"), ("email", Newcomer.Email), ("password", Newcomer.Password), ("return_url", "//evil.example/"));

        Assert.Equal("/", answer.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("", "a@example.org", "long enough", "name")]
    [InlineData("A", "", "long enough", "email")]
    [InlineData("A", "no-at-sign", "long enough", "email")]
    [InlineData("A", "Name <a@example.org>", "long enough", "email")]
    [InlineData("A", "a@nodot", "long enough", "email")]
    [InlineData("A", "a@example.org", "short", "password")]
    [InlineData("A", "a@example.org", "aaaaaaaaaaaa", "password")]
    [InlineData("A", "a@example.org", "password", "password")]
    [InlineData("A", "a@example.org", "P@ssw0rd123!", "password")]
    [InlineData("A", "a@example.org", "12345678", "password")]
    [InlineData("A", "a@example.org", "qwertyuiop", "password")]
    [InlineData("A", "a@example.org", "Welcome2026", "password")]
    [InlineData("A", "a@example.org", "A@example.org", "password")]
    [InlineData("A", "CREATOR@example.org", "long enough", "email")]
    public async Task Each_mistake_is_named_by_its_field(string name, string email, string password, string field)
    {
        await using var site = await OpenSiteAsync();

        var problem = await Refusals.RefusedAsync(() => site.Stranger().Account.RegisterAsync(new Registration(name, email, password)));

        Assert.Equal((400, "account.invalid"), (problem.Status, problem.Code));
        Assert.Equal(field, Assert.Single(problem.Errors?.Keys ?? []));
    }

    [Fact]
    public async Task A_password_of_more_than_256_characters_is_refused()
    {
        await using var site = await OpenSiteAsync();

        var problem = await Refusals.RefusedAsync(() => site.Stranger().Account.RegisterAsync(Newcomer with { Password = new string('a', 200) + new string('b', 57) }));

        Assert.Equal("account.invalid", problem.Code);
    }

    [Fact]
    public async Task Two_people_who_ask_for_one_address_at_once_get_one_account()
    {
        await using var site = await OpenSiteAsync();

        var tries = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            try
            {
                await site.Stranger().Account.RegisterAsync(Newcomer);
                return true;
            }
            catch (KinopressApiException exception)
            {
                Assert.Contains(exception.Status, (int[])[400, 503]);
                return false;
            }
        }));

        Assert.Single(tries, succeeded => succeeded);
    }

    [Fact]
    public async Task A_viewer_cannot_upload()
    {
        await using var site = await TestSite.StartAsync();
        var viewer = await site.ClientAsync("viewer");

        await Refusals.IsRefusedAsync("video.not_allowed", () => viewer.Uploads.CreateAsync(10, "a.mp4"));
    }

    private static async Task<TestSite> OpenSiteAsync()
    {
        var site = await TestSite.StartAsync();
        await (await site.ClientAsync("owner")).Site.EditAsync(new SiteEdit { RegistrationOpen = true });
        return site;
    }
}
