namespace TensorGraph.Random;

/// <summary>A Philox generator read one 32-bit word at a time, words that are left of a block going first.</summary>
/// <param name="generator">The generator at the block of the first word.</param>
internal sealed class PhiloxWords(Philox generator)
{
    private Philox _generator = generator;
    private (uint W0, uint W1, uint W2, uint W3) _block;
    private int _used = 4;

    /// <summary>The next word.</summary>
    internal uint Next()
    {
        if (_used == 4)
        {
            _block = _generator.Next();
            _used = 0;
        }

        return _used++ switch
        {
            0 => _block.W0,
            1 => _block.W1,
            2 => _block.W2,
            _ => _block.W3,
        };
    }
}
