using System.Data.Common;
using Kinopress.Core.Data.Postgres;
using Kinopress.Core.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Kinopress.Server.Tests.Support;

/// <summary>A database that goes away and comes back when a test says so: updates fail meanwhile.</summary>
internal sealed class BrokenConnections : DbCommandInterceptor
{
    private int _refused;

    public bool IsBroken { get; set; }

    public int Refused => _refused;

    public void AddTo(IServiceCollection services)
    {
        services.ConfigureDbContext<SqliteKinopressDbContext>(options => options.AddInterceptors(this));
        services.ConfigureDbContext<PostgresKinopressDbContext>(options => options.AddInterceptors(this));
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (!IsBroken)
        {
            return ValueTask.FromResult(result);
        }

        Interlocked.Increment(ref _refused);
        throw new TimeoutException("The database is away.");
    }
}
