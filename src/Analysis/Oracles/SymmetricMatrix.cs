namespace Nudge.Oracles;

/// <summary>Eigenvalues and eigenvectors of a small symmetric matrix.</summary>
internal static class SymmetricMatrix
{
    // Each sweep squares what is left beside the diagonal; ten are more than any matrix needed.
    private const int MostSweeps = 50;

    /// <summary>Cyclic Jacobi rotations (Golub and Van Loan 2013, Matrix Computations, §8.5).</summary>
    /// <param name="matrix">n × n and symmetric; it is overwritten.</param>
    /// <returns>The n eigenvalues in no order, and their eigenvectors, of length 1, as columns.</returns>
    internal static (double[] Values, double[,] Vectors) Diagonalise(double[,] matrix)
    {
        int n = matrix.GetLength(0);
        double[,] vectors = new double[n, n];
        for (int i = 0; i < n; i++)
            vectors[i, i] = 1;
        for (int sweep = 0; sweep < MostSweeps && !IsDiagonal(matrix); sweep++)
        {
            for (int p = 0; p < n; p++)
            {
                for (int q = p + 1; q < n; q++)
                    Rotate(matrix, vectors, p, q);
            }
        }

        return ([.. Enumerable.Range(0, n).Select(i => matrix[i, i])], vectors);
    }

    private static bool IsDiagonal(double[,] matrix)
    {
        (double beside, double on) = (0, 0);
        int n = matrix.GetLength(0);
        for (int i = 0; i < n; i++)
        {
            on += matrix[i, i] * matrix[i, i];
            for (int j = i + 1; j < n; j++)
                beside += matrix[i, j] * matrix[i, j];
        }

        return beside <= 1e-30 * on;
    }

    private static void Rotate(double[,] matrix, double[,] vectors, int p, int q)
    {
        if (matrix[p, q] == 0)
            return;
        double tau = (matrix[q, q] - matrix[p, p]) / (2 * matrix[p, q]);
        double tangent = (tau >= 0 ? 1 : -1) / (Math.Abs(tau) + Math.Sqrt(1 + (tau * tau)));
        double cosine = 1 / Math.Sqrt(1 + (tangent * tangent));
        double sine = tangent * cosine;
        int n = matrix.GetLength(0);
        for (int i = 0; i < n; i++)
        {
            (matrix[i, p], matrix[i, q]) = Turned(matrix[i, p], matrix[i, q], cosine, sine);
            (vectors[i, p], vectors[i, q]) = Turned(vectors[i, p], vectors[i, q], cosine, sine);
        }

        for (int i = 0; i < n; i++)
            (matrix[p, i], matrix[q, i]) = Turned(matrix[p, i], matrix[q, i], cosine, sine);
    }

    private static (double P, double Q) Turned(double p, double q, double cosine, double sine) =>
        ((cosine * p) - (sine * q), (sine * p) + (cosine * q));
}
