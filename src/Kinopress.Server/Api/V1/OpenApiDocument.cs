using System.Globalization;
using Kinopress.Server.Host;
using Microsoft.OpenApi;

namespace Kinopress.Server.Api.V1;

/// <summary>The API's description of itself: OpenAPI 3.1 at <c>/rest/v1/openapi.json</c>.</summary>
internal static class OpenApiDocument
{
    private const string Name = "v1";
    private const string SecurityScheme = "accessToken";

    public static IServiceCollection AddApi(this IServiceCollection services) => services
        .AddScoped<VideoResponses>()
        .AddOpenApi(Name, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo
                {
                    Title = "Kinopress",
                    Version = ProductVersion.Text,
                    Description = "Everything a site can do. Errors are RFC 9457 problems whose `code` is stable. Lists are pages: pass `next` as `cursor`.",
                    License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
                };
                document.Servers = [new OpenApiServer { Url = "/" }];
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
                document.Components.SecuritySchemes[SecurityScheme] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    Description = "A personal access token, made in Studio or with `kinopress token create`.",
                };
                return Task.CompletedTask;
            });
            options.AddOperationTransformer((operation, context, _) =>
            {
                operation.OperationId ??= OperationIdOf(context.Description.HttpMethod, context.Description.RelativePath);
                if (context.Description.ActionDescriptor.EndpointMetadata.OfType<ScopeRequirement>().FirstOrDefault() is { } requirement)
                {
                    operation.Description = string.Create(CultureInfo.InvariantCulture, $"Needs the scope `{requirement.Scope}`.");
                    operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(SecurityScheme, context.Document)] = [] }];
                }

                return Task.CompletedTask;
            });
        });

    public static void MapOpenApiDocument(this IEndpointRouteBuilder app) =>
        app.MapOpenApi(ApiGroup.Prefix + "/openapi.json").ExcludeFromDescription();

    /// <summary><c>PUT /rest/v1/videos/{publicId}/publication</c> → <c>putVideosPublication</c>.</summary>
    private static string OperationIdOf(string? method, string? path)
    {
        var nouns = (path ?? "").Split('/').Skip(2).Where(part => part.Length > 0 && !part.StartsWith('{')).Select(part => char.ToUpperInvariant(part[0]) + part[1..]);
        var one = (path ?? "").EndsWith('}') ? "One" : "";
        return (method ?? "get").ToLowerInvariant() + string.Concat(nouns) + one;
    }
}
