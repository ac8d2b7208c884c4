using System.Net;
using Kinopress.Client;
using Kinopress.Testing;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Kinopress.Server.Tests.Site;

/// <summary>No page of another site may send our forms in a visitor's name.</summary>
public sealed class FormTests
{
    // Asks for no cookie, or checks the token itself while it reads.
    private static readonly string[] Exempt = ["/studio/chat/emotes", "/studio/upload"];

    private static readonly string[] ForPrograms = ["/rest", "/hubs", "/ingest", "/media"];

    [Fact]
    public async Task Every_form_asks_for_its_token()
    {
        await using var site = await TestSite.StartAsync();
        var forms = site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true)
            .Select(endpoint => (Path: "/" + endpoint.RoutePattern.RawText?.TrimStart('/'), Asks: endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>()?.RequiresValidation == true))
            .Where(form => !ForPrograms.Any(prefix => form.Path.StartsWith(prefix, StringComparison.Ordinal)))
            .ToList();

        Assert.Contains(forms, form => form.Path.Contains("destinations", StringComparison.Ordinal));
        Assert.Equal(Exempt, forms.Where(form => !form.Asks).Select(form => form.Path).Distinct());
    }

    [Theory]
    [InlineData("chat/clear")]
    [InlineData("destinations/0190a000-0000-7000-8000-000000000000/delete")]
    public async Task A_button_without_fields_asks_as_well(string path)
    {
        await using var site = await TestSite.StartAsync();
        var live = (await (await site.ClientAsync("creator")).Lives.CreateAsync(new LiveEdit { Title = "Evening" })).PublicId;
        var creator = await site.BrowserAsync("creator");

        using var nothing = new FormUrlEncodedContent([]);
        using var forged = await creator.Http.PostAsync($"/studio/lives/{live}/{path}", nothing);

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
    }
}
