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
        BreakInto<SqliteKinopressDbContext>(services);
        BreakInto<PostgresKinopressDbContext>(services);
    }

    private void BreakInto<TContext>(IServiceCollection services)
        where TContext : DbContext
    {
        if (services.SingleOrDefault(service => service.ServiceType == typeof(DbContextOptions<TContext>))?.ImplementationInstance is DbContextOptions<TContext> options)
        {
            services.AddSingleton(new DbContextOptionsBuilder<TContext>(options).AddInterceptors(this).Options);
        }
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (!IsBroken)
        {
            return ValueTask.FromResult(result);
        }

        Interlocked.Increment(ref _refused);
        throw new InvalidOperationException("Likely due to a transient failure.", new TimeoutException("The database is away.")); // as Npgsql says it
    }
}
