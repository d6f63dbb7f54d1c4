namespace StyleGan2.Encoder.Generation;

/// <summary>How far W is drawn towards its mean.</summary>
internal static class Truncation
{
    /// <summary>Requires a finite number.</summary>
    internal static void Require(double psi)
    {
        if (!double.IsFinite(psi))
        {
            throw new ArgumentOutOfRangeException(nameof(psi), psi, "the truncation must be a finite number");
        }
    }
}
