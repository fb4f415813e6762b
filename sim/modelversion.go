package sim

// ModelVersion names what the model computes: the same scenario, seed and replication give the same results under the
// same version, on one type of processor. Pieces of studies are kept under it. It changes whenever any result does; a
// test holds it against the golden values.
const ModelVersion = "3"
