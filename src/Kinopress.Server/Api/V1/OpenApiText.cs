using System.Text;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Kinopress.Server.Api.V1;

/// <summary>The API's description as it is sent. Made once, when first asked for: making it costs as much as thousands of answers. Thread-safe.</summary>
internal sealed class OpenApiText(IServiceProvider services)
{
    private readonly Lock _gate = new();
    private Task<byte[]>? _made;

    public Task<byte[]> ReadAsync()
    {
        lock (_gate)
        {
            return _made is { IsFaulted: false } ? _made : _made = Task.Run(MakeAsync);
        }
    }

    private async Task<byte[]> MakeAsync()
    {
        await using var scope = services.CreateAsyncScope();
        var document = await scope.ServiceProvider.GetRequiredKeyedService<IOpenApiDocumentProvider>(OpenApiDocument.Name).GetOpenApiDocumentAsync();
        return Encoding.UTF8.GetBytes(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1));
    }
}
