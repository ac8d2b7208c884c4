using System.Net;
using System.Net.Http.Json;
using Kinopress.Server.Tests.Support;
using Kinopress.Testing;

namespace Kinopress.Server.Tests.Accounts;

public sealed class SessionTests
{
    private const string NewPassword = "another long password";

    [Fact]
    public async Task The_session_cookie_is_for_this_site_and_no_script()
    {
        await using var site = await TestSite.StartAsync();

        using var answer = await site.Browser().SignInAsync(TestPeople.EmailOf("creator"), TestPeople.Password);

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), text => text.StartsWith("kinopress.session=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Behind_https_the_cookie_is_secure_and_bound_to_the_host()
    {
        await using var site = await TestSite.StartAsync();
        var browser = site.Browser();
        browser.Http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        using var page = await browser.GetAsync("/login");
        var document = await browser.ReadAsync(page);
        var token = document.QuerySelector("form[action='/login'] input[type=hidden]");

        using var request = new HttpRequestMessage(HttpMethod.Post, "/login")
        {
            Content = new FormUrlEncodedContent(
            [
                new(token?.GetAttribute("name") ?? "", token?.GetAttribute("value") ?? ""),
                new("email", TestPeople.EmailOf("creator")),
                new("password", TestPeople.Password),
            ]),
        };
        request.Headers.Add("Cookie", page.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0])); // the jar keeps secure cookies from plain HTTP
        using var answer = await browser.Http.SendAsync(request);

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), text => text.Contains("kinopress.session=", StringComparison.Ordinal));
        Assert.StartsWith("__Host-kinopress.session=", cookie, StringComparison.Ordinal);
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.True(answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task A_changed_password_ends_every_other_session()
    {
        await using var site = await TestSite.StartAsync();
        var here = await site.BrowserAsync("creator");
        var elsewhere = await site.BrowserAsync("creator");

        using var answer = await here.SubmitAsync(
            "/studio/account", "/studio/account/password", ("currentPassword", TestPeople.Password), ("newPassword", NewPassword));
        using var stillHere = await here.GetAsync("/studio/account");
        using var noLongerThere = await elsewhere.GetAsync("/studio/account");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, stillHere.StatusCode);
        Assert.Equal(HttpStatusCode.Found, noLongerThere.StatusCode);
    }

    [Fact]
    public async Task The_new_password_works_and_the_old_one_does_not()
    {
        await using var site = await TestSite.StartAsync();
        var client = await site.ClientAsync("creator");

        await client.Account.ChangePasswordAsync(TestPeople.Password, NewPassword);
        using var old = await site.Browser().SignInAsync(TestPeople.EmailOf("creator"), TestPeople.Password);
        using var changed = await site.Browser().SignInAsync(TestPeople.EmailOf("creator"), NewPassword);

        Assert.Equal(HttpStatusCode.Unauthorized, old.StatusCode);
        Assert.Equal(HttpStatusCode.Found, changed.StatusCode);
    }

    [Theory]
    [InlineData("not the password", NewPassword, "currentPassword")]
    [InlineData(TestPeople.Password, "short", "newPassword")]
    public async Task A_password_is_changed_only_by_the_rules(string current, string wanted, string field)
    {
        await using var site = await TestSite.StartAsync();
        var client = await site.ClientAsync("creator");

        var problem = await Refusals.RefusedAsync(() => client.Account.ChangePasswordAsync(current, wanted));

        Assert.Equal("account.invalid", problem.Code);
        Assert.Contains(field, problem.Errors?.Keys ?? []);
    }

    [Fact]
    public async Task Guessing_the_current_password_is_slowed_down()
    {
        await using var site = await TestSite.StartAsync();
        var client = await site.ClientAsync("creator");
        var codes = new List<string>();
        for (var attempt = 0; attempt < 21; attempt++)
        {
            codes.Add((await Refusals.RefusedAsync(() => client.Account.ChangePasswordAsync("wrong", NewPassword))).Code);
        }

        Assert.Equal("request.too_many", codes[^1]);
    }

    [Fact]
    public async Task A_form_without_the_antiforgery_token_is_refused()
    {
        await using var site = await TestSite.StartAsync();
        var browser = await site.BrowserAsync("creator");
        var film = await site.AddFilmAsync();
        using var nothing = new FormUrlEncodedContent([]);

        using var answer = await browser.Http.PostAsync($"/studio/videos/{film}/delete", nothing);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null((await site.VideoAsync(film)).DeletedAt);
    }

    [Fact]
    public async Task A_sign_in_without_the_antiforgery_token_is_refused_in_words()
    {
        await using var site = await TestSite.StartAsync();
        using var form = new FormUrlEncodedContent([new("email", TestPeople.EmailOf("creator")), new("password", TestPeople.Password)]);

        using var answer = await site.Browser().Http.PostAsync("/login", form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("This page was open for too long", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_save_after_the_session_ended_leads_through_signing_in_back_to_the_form()
    {
        await using var site = await TestSite.StartAsync();
        var browser = await site.BrowserAsync("creator");
        var film = await site.AddFilmAsync();
        var token = await browser.AntiforgeryTokenAsync();
        using var signedOut = await browser.SubmitAsync("/", "/logout");

        using var answer = await SaveAsync(browser, film, token);
        var login = await browser.OpenAsync(answer.Headers.Location?.OriginalString ?? "");

        Assert.Equal($"/login?ended=true&returnUrl={Uri.EscapeDataString($"/studio/videos/{film}")}", answer.Headers.Location?.OriginalString);
        Assert.Contains("You were signed out", login.QuerySelector("[role=status]")?.TextContent, StringComparison.Ordinal);
        Assert.Equal("A film", (await site.VideoAsync(film)).Title);
    }

    [Fact]
    public async Task A_save_with_a_stale_token_leads_back_to_the_form_in_words()
    {
        await using var site = await TestSite.StartAsync();
        var browser = await site.BrowserAsync("creator");
        var film = await site.AddFilmAsync();

        using var answer = await SaveAsync(browser, film, "stale");
        var page = await browser.OpenAsync(answer.Headers.Location?.OriginalString ?? "");

        Assert.Equal($"/studio/videos/{film}?done=stale", answer.Headers.Location?.OriginalString);
        Assert.Contains("Nothing was saved", page.QuerySelector("[data-toast]")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_persons_antiforgery_token_is_refused()
    {
        await using var site = await TestSite.StartAsync();
        var browser = await site.BrowserAsync("creator");
        var other = await (await site.BrowserAsync("editor")).AntiforgeryTokenAsync();
        var film = await site.AddFilmAsync();
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"/rest/v1/videos/{film}");
        request.Headers.Add("X-CSRF-TOKEN", other);

        using var answer = await browser.Http.SendAsync(request);

        await Refusals.IsAsync(answer, HttpStatusCode.BadRequest, "request.antiforgery_invalid");
    }

    [Fact]
    public async Task The_API_takes_the_cookie_only_with_the_antiforgery_token()
    {
        await using var site = await TestSite.StartAsync();
        var browser = await site.BrowserAsync("creator");
        var film = await site.AddFilmAsync();
        using var edit = JsonContent.Create(new { title = "New" });
        using var without = await browser.Http.PatchAsync($"/rest/v1/videos/{film}", edit);
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/rest/v1/videos/{film}") { Content = JsonContent.Create(new { title = "New" }) };
        request.Headers.Add("X-CSRF-TOKEN", await browser.AntiforgeryTokenAsync());
        using var with = await browser.Http.SendAsync(request);

        await Refusals.IsAsync(without, HttpStatusCode.BadRequest, "request.antiforgery_invalid");
        Assert.Equal(HttpStatusCode.OK, with.StatusCode);
    }

    [Theory]
    [InlineData("/studio/videos")]
    [InlineData("/studio/upload")]
    [InlineData("/studio/settings")]
    [InlineData("/studio/account")]
    public async Task Studio_is_for_creators(string path)
    {
        await using var site = await TestSite.StartAsync();
        var viewer = await site.BrowserAsync("viewer");

        using var asStranger = await site.Http.GetAsync(path);
        using var asViewer = await viewer.GetAsync(path);

        Assert.Equal($"/login?returnUrl={Uri.EscapeDataString(path)}", asStranger.Headers.Location?.OriginalString);
        Assert.Equal("/", asViewer.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("creator", HttpStatusCode.NotFound)]
    [InlineData("editor", HttpStatusCode.NotFound)]
    [InlineData("administrator", HttpStatusCode.OK)]
    [InlineData("owner", HttpStatusCode.OK)]
    public async Task Settings_are_for_those_who_manage_the_site(string person, HttpStatusCode expected)
    {
        await using var site = await TestSite.StartAsync();
        var browser = await site.BrowserAsync(person);

        using var answer = await browser.GetAsync("/studio/settings");

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("not a cookie")]
    [InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_forged_cookie_is_a_stranger(string value)
    {
        await using var site = await TestSite.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/rest/v1/account");
        request.Headers.Add("Cookie", $"kinopress.session={value}");

        using var answer = await site.Http.SendAsync(request);

        await Refusals.IsAsync(answer, HttpStatusCode.Unauthorized, "account.sign_in_required");
    }

    /// <summary>As a browser does that has had the page open for a while.</summary>
    private static async Task<HttpResponseMessage> SaveAsync(TestBrowser browser, string film, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/studio/videos/{film}")
        {
            Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("title", "Typed for an hour")]),
        };
        request.Headers.Referrer = new Uri(browser.Http.BaseAddress ?? throw new InvalidOperationException("A browser of a site knows where it is."), $"/studio/videos/{film}");
        return await browser.Http.SendAsync(request);
    }
}
