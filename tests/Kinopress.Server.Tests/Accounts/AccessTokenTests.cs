using System.Net;
using Kinopress.Client;
using Kinopress.Server.Tests.Support;
using Kinopress.Testing;

namespace Kinopress.Server.Tests.Accounts;

public sealed class AccessTokenTests
{
    public static TheoryData<string, string, string> GuardedRoutes => new()
    {
        { "PATCH", "site", "site:manage" },
        { "PATCH", "account", "account:manage" },
        { "PATCH", "channels/creator", "account:manage" },
        { "PUT", "account/password", "account:manage" },
        { "GET", "account/tokens", "account:manage" },
        { "POST", "account/tokens", "account:manage" },
        { "DELETE", "account/tokens/01890000-0000-7000-8000-000000000000", "account:manage" },
        { "GET", "videos?mine=true", "videos:read" },
        { "GET", "videos/{film}/jobs", "videos:read" },
        { "PATCH", "videos/{film}", "videos:write" },
        { "DELETE", "videos/{film}", "videos:write" },
        { "PUT", "videos/{film}/restoration", "videos:write" },
        { "DELETE", "videos/{film}/restoration", "videos:write" },
        { "PUT", "videos/{film}/publication", "videos:write" },
        { "DELETE", "videos/{film}/publication", "videos:write" },
        { "PUT", "videos/{film}/jobs/retry", "videos:write" },
        { "PUT", "videos/{film}/jobs/01890000-0000-7000-8000-000000000000/retry", "videos:write" },
        { "DELETE", "videos/{film}/jobs/01890000-0000-7000-8000-000000000000", "videos:write" },
        { "GET", "uploads", "videos:write" },
        { "POST", "uploads", "videos:write" },
        { "HEAD", "uploads/01890000-0000-7000-8000-000000000000", "videos:write" },
        { "PATCH", "uploads/01890000-0000-7000-8000-000000000000", "videos:write" },
        { "DELETE", "uploads/01890000-0000-7000-8000-000000000000", "videos:write" },
    };

    private static readonly string[] AllScopes = ["account:manage", "site:manage", "videos:read", "videos:write"];

    [Theory]
    [MemberData(nameof(GuardedRoutes))]
    public async Task A_route_asks_for_its_scope_and_for_somebody(string method, string path, string scope)
    {
        await using var site = await TestSite.StartAsync();
        var film = await site.AddFilmAsync(new TestFilm { Of = "owner" });
        var others = await site.HttpAsync("owner", [.. AllScopes.Where(other => other != scope)]);

        using var asStranger = await site.Http.SendAsync(Request());
        using var without = await others.SendAsync(Request());

        Assert.Equal(HttpStatusCode.Unauthorized, asStranger.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, without.StatusCode);

        HttpRequestMessage Request()
        {
            var request = new HttpRequestMessage(new HttpMethod(method), "/rest/v1/" + path.Replace("{film}", film, StringComparison.Ordinal));
            request.Headers.Add("Tus-Resumable", "1.0.0");
            if (method is "PATCH" or "POST" or "PUT")
            {
                request.Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
            }

            return request;
        }
    }

    [Fact]
    public async Task A_token_without_the_read_scope_sees_what_strangers_see()
    {
        await using var site = await TestSite.StartAsync();
        var draft = await site.AddFilmAsync(new TestFilm { PublishedAt = null });
        var reader = await site.ClientAsync("creator", "videos:read");
        var writer = await site.ClientAsync("creator", "videos:write");

        Assert.Equal(draft, (await reader.Videos.GetAsync(draft)).PublicId);
        await Refusals.IsRefusedAsync("video.not_found", () => writer.Videos.GetAsync(draft));
    }

    [Fact]
    public async Task The_secret_is_shown_once()
    {
        await using var site = await TestSite.StartAsync();
        var client = await site.ClientAsync("creator");

        var made = await client.Account.CreateTokenAsync(new NewAccessToken("Player", ["videos:read"]));
        var listed = Assert.Single(await client.Account.ListTokensAsync(), token => token.Id == made.Id);

        Assert.StartsWith("kp_", made.Secret, StringComparison.Ordinal);
        Assert.Null(listed.Secret);
        Assert.Equal(["videos:read"], listed.Scopes);
        Assert.Equal("Player", listed.Name);
    }

    [Fact]
    public async Task A_revoked_token_ends_at_once()
    {
        await using var site = await TestSite.StartAsync();
        var client = await site.ClientAsync("creator");
        var made = await client.Account.CreateTokenAsync(new NewAccessToken("Short-lived"));
        var other = new KinopressClient(site.Http, made.Secret);
        await other.Account.GetAsync();

        await client.Account.RevokeTokenAsync(made.Id);

        await Refusals.IsRefusedAsync("token.unknown", () => other.Account.GetAsync());
        await Refusals.IsRefusedAsync("token.not_found", () => client.Account.RevokeTokenAsync(made.Id));
    }

    [Fact]
    public async Task Nobody_revokes_somebody_elses_token()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var made = await creator.Account.CreateTokenAsync(new NewAccessToken("Mine"));
        var owner = await site.ClientAsync("owner");

        await Refusals.IsRefusedAsync("token.not_found", () => owner.Account.RevokeTokenAsync(made.Id));
    }

    [Fact]
    public async Task A_token_made_in_Studio_is_shown_once_after_a_redirect()
    {
        await using var site = await TestSite.StartAsync();
        var browser = await site.BrowserAsync("creator");

        using var made = await browser.SubmitAsync("/studio/account", "/studio/account/tokens", ("name", "Phone"), ("scopes", "videos:read"));
        var shown = (await browser.OpenAsync("/studio/account")).QuerySelector("input[aria-label='New token']")?.GetAttribute("value");
        var again = (await browser.OpenAsync("/studio/account")).QuerySelector("input[aria-label='New token']");
        using var reloaded = await browser.GetAsync("/studio/account/tokens");

        Assert.Equal("/studio/account#tokens", made.Headers.Location?.OriginalString);
        Assert.StartsWith("kp_", shown, StringComparison.Ordinal);
        Assert.Null(again);
        Assert.Equal("/studio/account", reloaded.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task An_expired_token_is_unknown()
    {
        var clock = TestSiteOptions.FakeClock();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = clock });
        var client = await site.ClientAsync("creator");
        var made = await client.Account.CreateTokenAsync(new NewAccessToken("Hour", ExpiresAt: clock.GetUtcNow().AddHours(1)));
        var other = new KinopressClient(site.Http, made.Secret);
        await other.Account.GetAsync();

        clock.Advance(TimeSpan.FromHours(1));

        await Refusals.IsRefusedAsync("token.unknown", () => other.Account.GetAsync());
    }

    [Fact]
    public async Task An_expiry_may_be_given_in_any_time_zone()
    {
        await using var site = await TestSite.StartAsync();
        var client = await site.ClientAsync("creator");
        var at = new DateTimeOffset(2099, 1, 1, 12, 0, 0, TimeSpan.FromHours(5));

        var made = await client.Account.CreateTokenAsync(new NewAccessToken("Far away", ExpiresAt: at));

        Assert.Equal(at, made.ExpiresAt);
    }

    [Theory]
    [InlineData("site:manage")]
    [InlineData(null)]
    public async Task A_token_cannot_make_one_that_may_do_more(string? scope)
    {
        await using var site = await TestSite.StartAsync();
        var client = await site.ClientAsync("owner", "account:manage", "videos:read");

        var problem = await Refusals.RefusedAsync(() => client.Account.CreateTokenAsync(new NewAccessToken("More", scope is null ? null : [scope])));

        Assert.Equal("token.invalid", problem.Code);
        Assert.Contains("scopes", problem.Errors?.Keys ?? []);
    }

    [Theory]
    [InlineData("", "videos:read", "name")]
    [InlineData("\u202e", "videos:read", "name")]
    [InlineData("Fine", "videos:burn", "scopes")]
    [InlineData("Fine", "", "scopes")]
    public async Task A_token_is_made_by_the_rules(string name, string scope, string field)
    {
        await using var site = await TestSite.StartAsync();
        var client = await site.ClientAsync("creator");

        var problem = await Refusals.RefusedAsync(() => client.Account.CreateTokenAsync(new NewAccessToken(name, [scope])));

        Assert.Contains(field, problem.Errors?.Keys ?? []);
    }

    [Theory]
    [InlineData("Bearer nonsense")]
    [InlineData("Bearer kp_nonsense")]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("Bearer ")]
    public async Task Other_credentials_are_refused_with_a_challenge(string authorization)
    {
        await using var site = await TestSite.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/rest/v1/site");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);

        using var answer = await site.Http.SendAsync(request);

        await Refusals.IsAsync(answer, HttpStatusCode.Unauthorized, "token.unknown");
        Assert.Contains("Bearer", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_never_does_more_than_its_person()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");

        await Refusals.IsRefusedAsync("site.not_allowed", () => creator.Site.EditAsync(new SiteEdit { Name = "Mine now" }));
    }
}
