/** What a chart needs of a node: its colour comes from the id, its name is already text (":55165"). */
export type ChartNode = { nodeId: number; isCoordinator: boolean; name: string };
