using StyleGan2.Encoder.Results;

namespace StyleGan2.Encoder.Tests.Infrastructure;

/// <summary>Progress that nobody looks at.</summary>
internal sealed class NoProgress : IRunProgress
{
    public void Failed(string name, string reason) => Assert.Fail(reason);
}
