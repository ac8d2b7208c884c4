using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Data;

/// <summary>Tells a database that is away or busy from a fault of the program.</summary>
public static class DatabaseTrouble
{
    /// <summary>True when trying again later may help. Npgsql wraps what passes in an <see cref="InvalidOperationException"/>.</summary>
    public static bool IsBehind(Exception exception) => exception switch
    {
        DbException or DbUpdateException or TimeoutException => true,
        InvalidOperationException { InnerException: DbException or DbUpdateException or TimeoutException or IOException } => true,
        _ => false,
    };
}
