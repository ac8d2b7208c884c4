using Microsoft.OpenApi;

namespace Kinopress.Server.Api.V1;

/// <summary>What OpenAPI cannot infer of the tus routes: they speak in headers.</summary>
internal static class TusDescription
{
    /// <param name="headers">Names and what they hold; those of a request the client must send.</param>
    /// <param name="sendsBytes">True when the body is a part of the file.</param>
    public static RouteHandlerBuilder SpeaksTus(this RouteHandlerBuilder builder, bool sendsBytes, params (string Name, string Description)[] headers) =>
        builder.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters ??= [];
            foreach (var (name, description) in ((string, string)[])[("Tus-Resumable", "1.0.0"), .. headers])
            {
                operation.Parameters.Add(new OpenApiParameter
                {
                    Name = name,
                    In = ParameterLocation.Header,
                    Required = name != "Upload-Metadata",
                    Description = description,
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                });
            }

            if (sendsBytes)
            {
                operation.RequestBody = new OpenApiRequestBody
                {
                    Required = true,
                    Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                    {
                        [TusHeaders.OffsetType] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } },
                    },
                };
            }

            return Task.CompletedTask;
        });
}
