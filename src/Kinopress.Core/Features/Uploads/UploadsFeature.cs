using Kinopress.Core.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Kinopress.Core.Features.Uploads;

/// <summary>Uploads: files on their way in.</summary>
public static class UploadsFeature
{
    public static IServiceCollection AddUploads(this IServiceCollection services) => services
        .AddSingleton<UploadFiles>()
        .AddScoped<UploadQueries>()
        .AddScoped<CreateUpload>()
        .AddScoped<AppendToUpload>()
        .AddScoped<FinishUpload>()
        .AddScoped<DeleteUpload>()
        .AddScoped<ExpireUploads>()
        .AddScoped<RecoverUploads>();
}
