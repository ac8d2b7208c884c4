using System.Net;
using System.Text.Json;
using Kinopress.Testing;

namespace Kinopress.Server.Tests.Site;

/// <summary>What every answer carries, and what watches over the site.</summary>
public sealed class AnswerTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/login")]
    [InlineData("/nothing")]
    [InlineData("/rest/v1/site")]
    [InlineData("/rest/v1/videos/11111111111")]
    [InlineData("/rest/v1/account/tokens")]
    [InlineData("/healthz")]
    [InlineData("/favicon.ico")]
    public async Task Every_answer_tells_the_browser_what_not_to_do(string path)
    {
        await using var site = await TestSite.StartAsync();

        using var answer = await site.Http.GetAsync(path);

        AssertSafe(answer);
    }

    [Fact]
    public async Task Media_is_neither_guessed_nor_run_nor_framed()
    {
        await using var site = await TestSite.StartAsync();

        using var answer = await site.Http.GetAsync("/media/v/public/11111111111/master.m3u8");

        AssertInert(answer);
    }

    [Fact]
    public async Task So_do_refused_credentials()
    {
        await using var site = await TestSite.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/rest/v1/site");
        request.Headers.Add("Authorization", "Bearer kp_wrong");

        using var answer = await site.Http.SendAsync(request);

        AssertSafe(answer);
    }

    [Fact]
    public async Task Only_the_embed_may_stand_in_other_pages()
    {
        await using var site = await TestSite.StartAsync();
        var film = await site.AddFilmAsync();

        using var watch = await site.Http.GetAsync($"/watch/{film}");
        using var embed = await site.Http.GetAsync($"/embed/{film}");

        Assert.Contains("frame-ancestors 'self'", PolicyOf(watch), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors *", PolicyOf(embed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_embed_code_has_the_name_and_the_shape_of_the_film()
    {
        await using var site = await TestSite.StartAsync();
        var film = await site.AddFilmAsync(new TestFilm { Title = "A \"quoted\" <film>" });
        var browser = await site.BrowserAsync("creator");

        var shared = (await browser.OpenAsync($"/watch/{film}")).QuerySelector("#share-embed")?.TextContent;
        var inStudio = (await browser.OpenAsync($"/studio/videos/{film}")).QuerySelector("#share-embed")?.GetAttribute("value");

        Assert.Equal($"<iframe src=\"{site.Address}embed/{film}\" width=\"640\" height=\"360\" title=\"A &quot;quoted&quot; &lt;film&gt;\" allow=\"fullscreen; picture-in-picture\" allowfullscreen></iframe>", shared);
        Assert.Equal(shared, inStudio);
    }

    [Fact]
    public async Task The_process_is_up_and_the_site_is_ready()
    {
        await using var site = await TestSite.StartAsync();

        using var up = await site.Http.GetAsync("/healthz");
        using var ready = await site.Http.GetAsync("/readyz");

        Assert.Equal("ok", await up.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        using var json = JsonDocument.Parse(await ready.Content.ReadAsStringAsync());
        Assert.True(json.RootElement.GetProperty("ready").GetBoolean());
    }

    [Fact]
    public async Task A_site_without_room_is_not_ready()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Configure = options => options.ReservedDiskInBytes = long.MaxValue / 2 });

        using var ready = await site.Http.GetAsync("/readyz");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        using var json = JsonDocument.Parse(await ready.Content.ReadAsStringAsync());
        Assert.False(json.RootElement.GetProperty("disk").GetBoolean());
        Assert.True(json.RootElement.GetProperty("database").GetBoolean());
    }

    [Fact]
    public async Task The_API_describes_every_operation_once()
    {
        await using var site = await TestSite.StartAsync();

        using var answer = await site.Http.GetAsync("/rest/v1/openapi.json");
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

        Assert.StartsWith("3.1", json.RootElement.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var operations = json.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => (Path: $"{operation.Name} {path.Name}", operation.Value)))
            .ToList();
        Assert.True(operations.Count >= 25, $"{operations.Count} operations");
        Assert.All(operations, operation => Assert.True(operation.Value.TryGetProperty("summary", out var summary) && summary.GetString()?.Length > 5, operation.Path));
        var ids = operations.Select(operation => operation.Value.GetProperty("operationId").GetString()).ToList();
        Assert.Empty(ids.GroupBy(id => id, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key));
        Assert.DoesNotContain(operations, operation => operation.Path.Contains("/setup", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_site_says_what_it_is()
    {
        await using var site = await TestSite.StartAsync();

        var described = await site.Stranger().Site.GetAsync();

        Assert.Equal((TestPeople.SiteName, "kinopress", true, false), (described.Name, described.Software, described.IsSetUp, described.RegistrationOpen));
        Assert.Equal(4, described.Id.Version);
        Assert.Contains("uploads.tus", described.Capabilities);
    }

    [Fact]
    public async Task API_answers_are_kept_by_nobody_and_read_by_anybody()
    {
        await using var site = await TestSite.StartAsync();

        using var answer = await site.Http.GetAsync("/rest/v1/videos");

        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    private static void AssertSafe(HttpResponseMessage answer)
    {
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.True(answer.Headers.Contains("Referrer-Policy"));
        Assert.Contains("default-src 'none'", PolicyOf(answer), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-inline", PolicyOf(answer), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Server"));
    }

    internal static void AssertInert(HttpResponseMessage answer)
    {
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", PolicyOf(answer));
        Assert.False(answer.Headers.Contains("Server"));
    }

    private static string PolicyOf(HttpResponseMessage answer) => Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
}
