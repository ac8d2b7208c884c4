using System.Globalization;
using Kinopress.Server.Host;
using Microsoft.OpenApi;

namespace Kinopress.Server.Api.V1;

/// <summary>The API's description of itself: OpenAPI 3.1 at <c>/rest/v1/openapi.json</c>.</summary>
internal static class OpenApiDocument
{
    public const string Name = "v1";
    private const string SecurityScheme = "accessToken";
    private const string ProblemSchema = "Problem";

    public static IServiceCollection AddApi(this IServiceCollection services) => services
        .AddScoped<VideoResponses>()
        .AddScoped<LiveResponses>()
        .AddSingleton<OpenApiText>()
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
                document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
                document.Components.Schemas[ProblemSchema] = Problem();
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
                operation.Responses ??= [];
                operation.Responses["default"] = new OpenApiResponse
                {
                    Description = "A problem (RFC 9457): its code is stable, its detail is for people.",
                    Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                    {
                        ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(ProblemSchema, context.Document) },
                    },
                };
                if (context.Description.ActionDescriptor.EndpointMetadata.OfType<ScopeRequirement>().FirstOrDefault() is { } requirement)
                {
                    operation.Description = string.Create(CultureInfo.InvariantCulture, $"Needs the scope `{requirement.Scope}`.");
                    operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(SecurityScheme, context.Document)] = [] }];
                }

                return Task.CompletedTask;
            });
        });

    public static void MapOpenApiDocument(this IEndpointRouteBuilder app) =>
        app.MapGet(ApiGroup.Prefix + "/openapi.json", async (OpenApiText text, CancellationToken cancellationToken) =>
            TypedResults.Bytes(await text.ReadAsync().WaitAsync(cancellationToken), "application/json;charset=utf-8")).ExcludeFromDescription();

    private static OpenApiSchema Problem() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "What went wrong.",
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["type"] = Text("urn:kinopress:problem: and the code."),
            ["title"] = Text("The kind of problem."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "The HTTP status." },
            ["detail"] = Text("Words for a person: what happened and what to do."),
            ["code"] = Text("Stable, lower case, dotted: video.not_found."),
            ["traceId"] = Text("Finds the request in the site's log."),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "Messages by field, where the problem is about fields.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
            },
        },
        Required = new HashSet<string>(StringComparer.Ordinal) { "type", "title", "status", "detail", "code" },
    };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}
