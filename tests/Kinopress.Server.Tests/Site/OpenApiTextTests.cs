using Kinopress.Server.Api.V1;
using Kinopress.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Kinopress.Server.Tests.Site;

public sealed class OpenApiTextTests
{
    [Fact]
    public async Task The_description_is_made_once_for_everybody()
    {
        await using var site = await TestSite.StartAsync();
        var text = site.Services.GetRequiredService<OpenApiText>();

        var sent = await site.Http.GetByteArrayAsync("/rest/v1/openapi.json", TestContext.Current.CancellationToken);
        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => text.ReadAsync()));

        Assert.All(all, made => Assert.Same(all[0], made));
        Assert.Equal(all[0], sent);
    }
}
