using System.Net;
using System.Net.Http.Json;
using System.Text;
using Kinopress.Server.Tests.Support;
using Kinopress.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;

namespace Kinopress.Server.Tests.Site;

public sealed class ErrorTests
{
    [Theory]
    [InlineData("/nothing")]
    [InlineData("/watch/short")]
    [InlineData("/watch/00000000000")]
    [InlineData("/@nobody")]
    [InlineData("/embed/%F0%9F%8E%AC")]
    public async Task An_unknown_page_is_a_page_that_says_so(string path)
    {
        await using var site = await TestSite.StartAsync();

        using var answer = await site.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("There is nothing here", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/rest/v1/nothing")]
    [InlineData("POST", "/rest/v1/nothing")]
    [InlineData("GET", "/rest/v1/videos/x/nothing")]
    [InlineData("GET", "/rest/v2/site")]
    [InlineData("GET", "/media/v/public/11111111111/master.m3u8")]
    public async Task An_unknown_address_of_the_API_is_a_problem(string method, string path)
    {
        await using var site = await TestSite.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var answer = await site.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.EndsWith("not_found", await Refusals.CodeAsync(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"title":5}""")]
    [InlineData("""{"tags":"one"}""")]
    public async Task Malformed_JSON_is_an_invalid_request(string json)
    {
        await using var site = await TestSite.StartAsync();
        var http = await site.HttpAsync("creator");
        var film = await site.AddFilmAsync();
        using var content = new StringContent(json, Encoding.UTF8, "application/json");

        using var answer = await http.PatchAsync($"/rest/v1/videos/{film}", content);

        await Refusals.IsAsync(answer, HttpStatusCode.BadRequest, "request.invalid");
    }

    [Fact]
    public async Task JSON_nested_without_end_is_an_invalid_request()
    {
        await using var site = await TestSite.StartAsync();
        var http = await site.HttpAsync("creator");
        using var content = new StringContent(new string('[', 10_000), Encoding.UTF8, "application/json");

        using var answer = await http.PatchAsync($"/rest/v1/videos/{await site.AddFilmAsync()}", content);

        await Refusals.IsAsync(answer, HttpStatusCode.BadRequest, "request.invalid");
    }

    [Theory]
    [InlineData("/rest/v1/videos?limit=many")]
    [InlineData("/rest/v1/videos?mine=perhaps")]
    public async Task An_unreadable_parameter_is_an_invalid_request(string path)
    {
        await using var site = await TestSite.StartAsync();

        using var answer = await site.Http.GetAsync(path);

        await Refusals.IsAsync(answer, HttpStatusCode.BadRequest, "request.invalid");
    }

    [Fact]
    public async Task A_huge_body_is_too_large()
    {
        await using var site = await TestSite.StartAsync();
        var http = await site.HttpAsync("creator");
        var film = await site.AddFilmAsync();
        using var content = new StringContent($$"""{"title":"{{new string('a', 300_000)}}"}""", Encoding.UTF8, "application/json");
        content.Headers.ContentLength = null;

        using var answer = await http.PatchAsync($"/rest/v1/videos/{film}", content);

        await Refusals.IsAsync(answer, HttpStatusCode.RequestEntityTooLarge, "request.too_large");
    }

    [Fact]
    public async Task A_locked_database_is_a_busy_site()
    {
        Assert.SkipWhen(TestDatabase.IsPostgres, "PostgreSQL does not lock as a whole.");
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false });
        var http = await site.HttpAsync("creator");
        var film = await site.AddFilmAsync();
        await using var other = new SqliteConnection($"Data Source={Path.Combine(site.Data, "site.db")};Pooling=False");
        await other.OpenAsync();
        await using var transaction = other.BeginTransaction(deferred: false);

        using var answer = await http.PatchAsJsonAsync($"/rest/v1/videos/{film}", new { title = "New" });

        await Refusals.IsAsync(answer, HttpStatusCode.ServiceUnavailable, "site.busy");
        Assert.Equal("2", Assert.Single(answer.Headers.GetValues("Retry-After")));
        await transaction.RollbackAsync();
    }

    [Theory]
    [InlineData("/rest/v1/videos/broken", "application/problem+json")]
    [InlineData("/broken", "text/html")]
    public async Task A_bug_tells_nobody_how_it_happened(string path, string type)
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Customise = Break });

        using var answer = await site.Http.GetAsync(path);

        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("secret detail", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task A_wrong_method_is_said_to_be_one()
    {
        await using var site = await TestSite.StartAsync();

        using var answer = await site.Http.DeleteAsync("/rest/v1/site");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    // Middleware ahead of the routes, since the product has no route that fails.
    private static void Break(WebApplicationBuilder builder) =>
        builder.Services.Add(Microsoft.Extensions.DependencyInjection.ServiceDescriptor.Singleton<Microsoft.AspNetCore.Routing.MatcherPolicy, BrokenRoutes>());

    private sealed class BrokenRoutes : Microsoft.AspNetCore.Routing.MatcherPolicy, Microsoft.AspNetCore.Routing.Matching.IEndpointSelectorPolicy
    {
        public override int Order => 0;

        public bool AppliesToEndpoints(IReadOnlyList<Microsoft.AspNetCore.Http.Endpoint> endpoints) => true;

        public Task ApplyAsync(Microsoft.AspNetCore.Http.HttpContext httpContext, Microsoft.AspNetCore.Routing.Matching.CandidateSet candidates) =>
            httpContext.Request.Path.Value?.EndsWith("/broken", StringComparison.Ordinal) == true
                ? throw new InvalidOperationException("secret detail")
                : Task.CompletedTask;
    }
}
